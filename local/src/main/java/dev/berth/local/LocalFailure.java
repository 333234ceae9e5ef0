package dev.berth.local;

/** Something that the person at the terminal can act on; the message is the whole explanation and says what to do next. */
public final class LocalFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LocalFailure(String message) {
        super(message);
    }

    public LocalFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
