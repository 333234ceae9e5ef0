package dev.berth.store;

import java.util.Optional;

/** What was read is not to be shown: whoever asked for it is not, or not any more, whom they were taken for. */
public final class CallerChangedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ApiToken token;
    private final transient Optional<Recognized> now;

    CallerChangedException(ApiToken token, Optional<Recognized> now) {
        super("The caller is not who was expected");
        this.token = token;
        this.now = now;
    }

    public ApiToken token() {
        return token;
    }

    /** Who they are; empty for a token that is worth nothing. */
    public Optional<Recognized> now() {
        return now;
    }
}
