package dev.berth.activities.registry;

/** The registry could not be reached or answered what it must not; trying again later may help. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegistryException(String message) {
        super(message);
    }

    /** Whether the registry answered and said no; it was not to be reached otherwise. */
    public boolean isRefusal() {
        return getCause() == null;
    }

    RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
