package dev.berth.activities;

import dev.berth.domain.Failure;
import io.temporal.failure.ApplicationFailure;

/** Turns failures in the user's words into what Temporal carries to the workflow. */
public final class ActivityFailures {
    private ActivityFailures() {}

    /**
     * A failure that trying again would only repeat. Trouble of the platform's own parts that may pass (a part that is down,
     * an answer 5xx) is thrown as an ordinary exception instead, which Temporal retries.
     *
     * @return type = name of the {@link dev.berth.domain.FailureCode}, message = its sentence, first detail = the failure
     */
    public static ApplicationFailure of(Failure failure) {
        return ApplicationFailure.newNonRetryableFailure(
                failure.sentence(), failure.code().name(), failure);
    }

    /**
     * The same, where trying again may help: something could not be reached. A part of the platform's own is waited for as long
     * as the activity's options say; anything else is given up after some tries ({@code dev.berth.workers.PlainWords}).
     */
    public static ApplicationFailure worthAnotherTry(Failure failure) {
        return ApplicationFailure.newFailure(failure.sentence(), failure.code().name(), failure);
    }
}
