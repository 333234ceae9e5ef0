package dev.berth.workflows;

import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.Optional;

/** How an operation is ended. */
final class Ends {
    private Ends() {}

    /** Writes that it succeeded. */
    static void succeeded(QueueActivities queue, OperationRef operation) {
        forGood(() -> write(queue, operation));
    }

    /** Writes that it succeeded, and lets the next one begin while the caller goes on. */
    static void succeededAndGoesOn(QueueActivities queue, OperationRef operation) {
        forGood(() -> {
            write(queue, operation);
            Handover.announceEnd(operation);
        });
    }

    /**
     * The last of an operation's steps. A cancel that came before it is heard here; one that comes while it runs is too late, so that
     * nobody undoes what the rows call a success.
     */
    static void forGood(Runnable steps) {
        hearCancel();
        if (isForGood()) {
            Workflow.newDetachedCancellationScope(steps::run).run();
        } else {
            steps.run();
        }
    }

    /** Ends here what was cancelled, before its last steps begin. */
    static void hearCancel() {
        if (isForGood()) {
            CancellationScope.throwCanceled();
        }
    }

    private static boolean isForGood() {
        return Workflow.getVersion("succeeds-for-good", Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION;
    }

    private static void write(QueueActivities queue, OperationRef operation) {
        queue.finishOperation(operation, OperationState.SUCCEEDED, Optional.empty());
    }

    /** Writes that it failed or was cancelled. Detached: a cancelled workflow could start no activity in its own scope. */
    static void failed(QueueActivities queue, OperationRef operation, Failure reason) {
        Workflow.newDetachedCancellationScope(() -> queue.finishOperation(operation, of(reason), Optional.of(reason)))
                .run();
    }

    static OperationState of(Failure reason) {
        return reason.code() == FailureCode.CANCELLED ? OperationState.CANCELLED : OperationState.FAILED;
    }
}
