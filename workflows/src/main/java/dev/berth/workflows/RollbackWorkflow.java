package dev.berth.workflows;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.OperationRef;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Optional;

/**
 * Puts the traffic on a retained deployment: warm at once, cold after it got healthy. Id: {@code rollback/{operationId}}.
 *
 * <p>The operation is finished as soon as the route was seen live; the drain goes on after that and nobody waits for it.
 */
@WorkflowInterface
public interface RollbackWorkflow {
    /** Ends when the target serves and the other is retired, or with what served before still serving. */
    @WorkflowMethod
    void rollBack(Request request);

    /** A newer operation is about to change what serves: the drain of what lost the traffic is left to that one. */
    @SignalMethod
    void endSoak();

    /** The step it is in, for people who ask why it waits. */
    @QueryMethod
    String step();

    /**
     * @param target the retained deployment that gets the traffic
     * @param soaking id of the workflow that may still watch what serves now
     */
    record Request(OperationRef operation, DeploymentRef target, Optional<String> soaking) {
        public String workflowId() {
            return "rollback/" + operation.operationId();
        }
    }
}
