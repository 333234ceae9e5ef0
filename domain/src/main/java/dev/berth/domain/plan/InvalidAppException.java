package dev.berth.domain.plan;

import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;

/** A file of the app says something that cannot be built. */
public final class InvalidAppException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    InvalidAppException(String sentence, String suggestion) {
        super(sentence);
        this.failure = Failure.of(FailureCode.APP_INVALID, sentence, suggestion);
    }

    /** Of code {@code APP_INVALID}. */
    public Failure failure() {
        return failure;
    }
}
