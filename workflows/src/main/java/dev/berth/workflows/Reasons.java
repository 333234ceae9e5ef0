package dev.berth.workflows;

import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.failure.TerminatedFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.Arrays;

/** From what Temporal reports to a failure in the user's words. */
final class Reasons {
    private Reasons() {}

    /** @param step what was being done, as in "while " + step */
    static Failure of(TemporalFailure reported, String step) {
        return of(cause(reported), step);
    }

    private static Failure of(Throwable cause, String step) {
        return switch (cause) {
            case CanceledFailure _ -> Failure.of(FailureCode.CANCELLED, "It was cancelled while " + step + ".", "");
            case ApplicationFailure said
            when isFailureCode(said.getType()) -> said.getDetails().get(0, Failure.class);
            // What the last attempt before it failed of says more than that there was no other.
            case TimeoutFailure late
            when late.getCause() instanceof ApplicationFailure said && isFailureCode(said.getType()) -> of(said, step);
            case TimeoutFailure late ->
                Failure.of(
                                FailureCode.STEP_TIMED_OUT,
                                "The platform did not come to an end while " + step + "; it is not the app's fault.",
                                "Try again. If it happens again, the workflow's history says what was tried.")
                        .withEvidence(late.getTimeoutType().name());
            case TerminatedFailure _ ->
                Failure.of(
                        FailureCode.WORKFLOW_ENDED,
                        "Its workflow was ended from outside while " + step + ".",
                        "Try again.");
            // An unforeseen exception's message may hold an address with a credential in it: the operator's to read,
            // not ours
            // to repeat.
            default ->
                Failure.of(
                                FailureCode.PLATFORM,
                                "The platform failed while " + step + "; it is not the app's fault.",
                                "Try again. If it happens again, the workflow's history says what was tried.")
                        .withEvidence(kind(cause));
        };
    }

    private static String kind(Throwable cause) {
        return cause instanceof ApplicationFailure said
                ? said.getType()
                : cause.getClass().getName();
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
