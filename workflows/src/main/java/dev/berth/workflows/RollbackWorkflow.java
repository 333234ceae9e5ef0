package dev.berth.workflows;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.OperationRef;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Puts the traffic on a retained deployment: warm at once, cold after it got healthy. Id: {@code rollback/{operationId}}. */
@WorkflowInterface
public interface RollbackWorkflow {
    /** Ends when the target serves and the other is retired, or with what served before still serving. */
    @WorkflowMethod
    void rollBack(Request request);

    /** The step it is in, for people who ask why it waits. */
    @QueryMethod
    String step();

    /** @param target the retained deployment that gets the traffic */
    record Request(OperationRef operation, DeploymentRef target) {
        public String workflowId() {
            return "rollback/" + operation.operationId();
        }
    }
}
