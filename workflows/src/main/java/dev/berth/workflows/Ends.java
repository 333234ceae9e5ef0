package dev.berth.workflows;

import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import io.temporal.workflow.Workflow;
import java.util.Optional;

/** How an operation that did not succeed is ended. */
final class Ends {
    private Ends() {}

    /** Writes that it failed or was cancelled. Detached: a cancelled workflow could start no activity in its own scope. */
    static void failed(QueueActivities queue, OperationRef operation, Failure reason) {
        Workflow.newDetachedCancellationScope(() -> queue.finishOperation(operation, of(reason), Optional.of(reason)))
                .run();
    }

    static OperationState of(Failure reason) {
        return reason.code() == FailureCode.CANCELLED ? OperationState.CANCELLED : OperationState.FAILED;
    }
}
