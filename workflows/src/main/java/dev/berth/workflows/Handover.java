package dev.berth.workflows;

import dev.berth.domain.OperationRef;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.util.Optional;

/**
 * How the workflow of one operation hands the service over to that of the next.
 *
 * <p>An operation is finished when its route was seen live; its workflow then goes on with soak and drain, and so does the
 * service's workflow with the next operation. Just before that one changes what serves, it ends the soak and waits until the
 * workflow before has let go. Everything here is found by id, so it holds also when the run that started a workflow is gone.
 */
final class Handover {
    private Handover() {}

    /** Tells the service's workflow that it may take the next operation, while the caller goes on. */
    static void announceEnd(OperationRef operation) {
        try {
            Workflow.newExternalWorkflowStub(
                            ServiceWorkflow.class, operation.service().workflowId())
                    .operationEnded(operation.operationId());
        } catch (SignalExternalWorkflowException | ApplicationFailure gone) {
            Workflow.getLogger(Handover.class).info("Nobody waits for operation {}", operation.operationId());
        }
    }

    /** Ends the soak of what serves now and returns when its workflow is closed; it may also prove or roll back first. */
    static void takeFrom(Optional<String> soaking, OperationRef operation, QueueActivities queue) {
        if (soaking.isEmpty()) {
            return;
        }
        if (Workflow.getVersion("await-while-telling", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
            if (isTold(soaking.get())) {
                queue.awaitWorkflow(operation.service(), soaking.get());
            }
            return;
        }
        // Both at once: the wait ends at once where there is nobody to tell.
        Promise<Void> closed = Async.procedure(queue::awaitWorkflow, operation.service(), soaking.get());
        if (!isTold(soaking.get())) {
            Workflow.getLogger(Handover.class).debug("{} is closed already", soaking.get());
        }
        closed.get();
    }

    private static boolean isTold(String workflowId) {
        try {
            Workflow.newUntypedExternalWorkflowStub(workflowId).signal("endSoak");
            return true;
        } catch (SignalExternalWorkflowException | ApplicationFailure closed) {
            return false;
        }
    }
}
