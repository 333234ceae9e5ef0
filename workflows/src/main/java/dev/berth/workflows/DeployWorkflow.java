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
 * <p>The operation is finished as soon as the route was seen live; the soak goes on after that and nobody waits for it. A newer
 * operation is built and started beside it and ends it by {@link #endSoak()} just before it touches the traffic, so that a
 * newer one which fails before that costs nobody his proof.
 */
@WorkflowInterface
public interface DeployWorkflow {
    /** Ends when the deployment is terminal, held at its gates or its soak is over; never throws for a failure of the user's app. Cancelled, it undoes itself first. */
    @WorkflowMethod
    Outcome deploy(Request request);

    /** A newer operation is about to change what serves: the soak ends now, and the deployment stays unproven. */
    @SignalMethod
    void endSoak();

    /** Somebody has decided that the canary gets all of the traffic, and its row says so. */
    @SignalMethod
    void promote();

    /** Somebody has decided that the canary gets no traffic, and its row says so. */
    @SignalMethod
    void abort();

    /** The step it is in, for people who ask why it waits. */
    @QueryMethod
    String step();

    /**
     * @param build what is to be built first; empty where the deployment's image is there already
     * @param soaking id of the workflow that may still watch what serves now
     */
    record Request(
            OperationRef operation,
            DeploymentRef deployment,
            Optional<BuildRef> build,
            BuildWorkflow.Reuse reuse,
            Optional<String> soaking) {}

    /** @param reason empty for a deployment that runs, is held or is kept for a start */
    record Outcome(DeploymentState state, String reason) {}
}
