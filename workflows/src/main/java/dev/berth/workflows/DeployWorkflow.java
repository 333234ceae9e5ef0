package dev.berth.workflows;

import dev.berth.domain.BuildRef;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.OperationRef;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Optional;

/**
 * Builds one revision where it has to, brings it into service beside the one that serves, puts the traffic on it and
 * watches it for its soak. Id: {@link DeploymentRef#workflowId()}.
 *
 * <p>The operation is finished as soon as the route was seen live; the soak goes on after that and nobody waits for it.
 */
@WorkflowInterface
public interface DeployWorkflow {
    /** Ends when the deployment is terminal or its soak is over; never throws for a failure of the user's app. */
    @WorkflowMethod
    Outcome deploy(Request request);

    /** A newer operation waits: the soak ends now, and the deployment stays unproven. */
    @SignalMethod
    void endSoak();

    /** The step it is in, for people who ask why it waits. */
    @QueryMethod
    String step();

    /** @param build what is to be built first; empty where the deployment's image is there already */
    record Request(
            OperationRef operation, DeploymentRef deployment, Optional<BuildRef> build, BuildWorkflow.Reuse reuse) {}

    /** @param reason empty for a deployment that runs */
    record Outcome(DeploymentState state, String reason) {}
}
