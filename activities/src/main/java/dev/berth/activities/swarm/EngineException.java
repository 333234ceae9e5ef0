package dev.berth.activities.swarm;

/** The engine refused or could not be reached; trouble that may pass, so an activity lets it through and is tried again. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The status of an engine that did not answer at all. */
    static final int UNREACHABLE = 0;

    private final int status;

    EngineException(int status, String message) {
        super(message);
        this.status = status;
    }

    EngineException(String message, Throwable cause) {
        super(message, cause);
        this.status = UNREACHABLE;
    }

    /** The HTTP status of the answer, 0 where there was none. */
    public int status() {
        return status;
    }

    boolean isNotFound() {
        return status == 404;
    }

    /** Somebody else has the name, or the thing is in use. */
    public boolean isConflict() {
        return status == 409;
    }
}
