package dev.berth.activities.firewall;

/** The host's packet filter cannot be read or written; the message says what to do about it. */
public final class FirewallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FirewallException(String message) {
        super(message);
    }

    FirewallException(String message, Throwable cause) {
        super(message, cause);
    }
}
