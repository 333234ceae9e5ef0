package dev.berth.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.workflows.payload.Payloads;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.api.failure.v1.TimeoutFailureInfo;
import io.temporal.common.converter.DataConverter;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TerminatedFailure;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReasonsTests {
    private static final String STEP = "building";

    @Test
    void aStepThatDoesNotEndIsTimedOutAndSaysWhichLimit() {
        Failure failure = of(late(Optional.empty()));
        assertThat(failure.code()).isEqualTo(FailureCode.STEP_TIMED_OUT);
        assertThat(failure.sentence()).contains("while building");
        assertThat(failure.evidence()).isEqualTo("TIMEOUT_TYPE_SCHEDULE_TO_CLOSE");
    }

    @Test
    void whatTheLastAttemptFailedOfSaysMoreThanThatThereWasNoOther() {
        Failure last = Failure.of(FailureCode.ENGINE_UNREACHABLE, "The Docker engine does not answer.", "Wait.");
        ApplicationFailure said =
                ApplicationFailure.newFailure(last.sentence(), last.code().name(), last);
        assertThat(of(late(Optional.of(said)))).isEqualTo(last);
        assertThat(of(said).code()).isEqualTo(FailureCode.ENGINE_UNREACHABLE);
    }

    @Test
    void aWorkflowThatWasTerminatedIsNoFault() {
        assertThat(of(new TerminatedFailure("by an operator", null)).code()).isEqualTo(FailureCode.WORKFLOW_ENDED);
    }

    @Test
    void ofWhatNobodyForesawOnlyTheKindIsKept() {
        Failure failure =
                of(ApplicationFailure.newFailure("https://user:secret@host", "java.lang.IllegalStateException"));
        assertThat(failure.code()).isEqualTo(FailureCode.PLATFORM);
        assertThat(failure.evidence()).isEqualTo("java.lang.IllegalStateException");
        assertThat(failure.toString()).doesNotContain("secret");
    }

    /** As the server reports it: nothing else makes one. */
    private static RuntimeException late(Optional<ApplicationFailure> lastAttempt) {
        DataConverter converter = Payloads.plain();
        var report = io.temporal.api.failure.v1.Failure.newBuilder()
                .setMessage("late")
                .setTimeoutFailureInfo(
                        TimeoutFailureInfo.newBuilder().setTimeoutType(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE));
        lastAttempt.map(converter::exceptionToFailure).ifPresent(report::setCause);
        return converter.failureToException(report.build());
    }

    private static Failure of(Throwable cause) {
        return Reasons.of(
                new ActivityFailure("failed", 1, 2, "AwaitHealthy", "3", RetryState.RETRY_STATE_TIMEOUT, "here", cause),
                STEP);
    }
}
