package dev.berth.domain.reconcile;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import java.util.UUID;

/** What to do about a {@link Finding}. Each may be carried out twice. */
public sealed interface Remedy {
    /** Nothing that could be proven: a person decides. */
    record Report() implements Remedy {}

    /** Brings the service back through its queue: this deployment up, published, routed, proven, the others retired. */
    record Repair(DeploymentRef target) implements Remedy {}

    /** Takes a Swarm service away whose deployment has ended. */
    record RemoveRevision(DeploymentRef deployment) implements Remedy {}

    /** Takes the task of a release command away. */
    record RemoveRelease(DeploymentRef deployment) implements Remedy {}

    /** Scales a retired deployment to zero again. */
    record Release(DeploymentRef deployment) implements Remedy {}

    /** Writes that a deployment cannot be rolled back to any more. */
    record MarkRemoved(DeploymentRef deployment) implements Remedy {}

    /** Forgets addresses that nobody has. */
    record ClearEndpoints(DeploymentRef deployment) implements Remedy {}

    /** Ends a deployment that never got the traffic. */
    record Withdraw(DeploymentRef deployment) implements Remedy {}

    /** Writes the state that is seen. */
    record Observe(ServiceRef service, ServiceState state) implements Remedy {}

    record RemoveImage(ServiceRef service, ImageDigest image) implements Remedy {}

    record ReleaseRoots(UUID build) implements Remedy {}
}
