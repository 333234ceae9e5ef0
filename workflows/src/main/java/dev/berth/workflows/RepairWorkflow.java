package dev.berth.workflows;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.OperationRef;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Optional;

/**
 * Brings back what serves by the rows: its Swarm service where that is gone, its replicas, their addresses, its route; watches what
 * is left of its soak, proves it, and retires the others. Id: {@code repair/{operationId}}.
 *
 * <p>What is as it should be is found so and left; where nothing can be brought back, nothing is taken away either.
 */
@WorkflowInterface
public interface RepairWorkflow {
    /** Ends when the target serves, or when it could not be brought back. */
    @WorkflowMethod
    void repair(Request request);

    /** A newer operation is about to change what serves. */
    @SignalMethod
    void endSoak();

    /** The step it is in, for people who ask why it waits. */
    @QueryMethod
    String step();

    /**
     * @param target the deployment that is to serve
     * @param soaking id of the workflow that may still watch it
     */
    record Request(OperationRef operation, DeploymentRef target, Optional<String> soaking) {
        public String workflowId() {
            return "repair/" + operation.operationId();
        }
    }
}
