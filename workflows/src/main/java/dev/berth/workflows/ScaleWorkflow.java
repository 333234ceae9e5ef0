package dev.berth.workflows;

import dev.berth.domain.OperationRef;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Changes the number of replicas of what serves. Id: {@code scale/{operationId}}.
 *
 * <p>It ends no soak: what serves stays the same.
 */
@WorkflowInterface
public interface ScaleWorkflow {
    /** Ends with that many healthy replicas, or with the number before. */
    @WorkflowMethod
    void scale(Request request);

    /** The step it is in, for people who ask why it waits. */
    @QueryMethod
    String step();

    record Request(OperationRef operation, QueueActivities.Scale scale) {
        public String workflowId() {
            return "scale/" + operation.operationId();
        }
    }
}
