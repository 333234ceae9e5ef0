package dev.berth.workflows;

import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import java.util.Arrays;

/** From what Temporal reports to a failure in the user's words. */
final class Reasons {
    private Reasons() {}

    /** @param step what was being done, as in "while " + step */
    static Failure of(TemporalFailure reported, String step) {
        return switch (cause(reported)) {
            case CanceledFailure _ -> Failure.of(FailureCode.CANCELLED, "It was cancelled while " + step + ".", "");
            case ApplicationFailure said
            when isFailureCode(said.getType()) -> said.getDetails().get(0, Failure.class);
            // An unforeseen exception's message may hold an address with a credential in it: the operator's to read,
            // not ours
            // to repeat.
            default ->
                Failure.of(
                        FailureCode.PLATFORM,
                        "The platform failed while " + step + "; it is not the app's fault.",
                        "Try again. If it happens again, the workflow's history says what was tried.");
        };
    }

    /** What an activity or a build throws inside a workflow, said by the workflow itself. */
    static ApplicationFailure thrown(Failure failure) {
        return ApplicationFailure.newNonRetryableFailure(
                failure.sentence(), failure.code().name(), failure);
    }

    private static Throwable cause(TemporalFailure reported) {
        return switch (reported) {
            case ActivityFailure activity when activity.getCause() != null -> activity.getCause();
            case ChildWorkflowFailure child when child.getCause() != null -> child.getCause();
            default -> reported;
        };
    }

    private static boolean isFailureCode(String type) {
        return Arrays.stream(FailureCode.values()).anyMatch(code -> code.name().equals(type));
    }
}
