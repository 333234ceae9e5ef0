package dev.berth.activities.rollout;

import static dev.berth.domain.DeploymentState.RETIRED;

import dev.berth.activities.ActivityFailures;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ServiceRef;
import dev.berth.store.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a stopped service keeps, and what it starts with. */
final class Stopping {
    private final Rows rows;
    private final Cluster cluster;

    Stopping(Rows rows, Cluster cluster) {
        this.rows = rows;
        this.cluster = cluster;
    }

    /** The deployment of a stopped service has its image; its Swarm service is made when the service starts. */
    void keepForStart(DeploymentRef ref) {
        if (!rows.in(ref, () -> rows.deployments().move(ref, RETIRED))) {
            throw ActivityFailures.of(
                    Failure.of(FailureCode.CANCELLED, "The deployment has ended before it was kept.", ""));
        }
    }

    /** As {@link dev.berth.workflows.RolloutActivities#chooseForStart}. */
    Optional<DeploymentRef> chooseForStart(ServiceRef service) {
        Optional<DeploymentRef> routed = rows.in(service, () -> rows.routed(service));
        if (routed.isPresent()) {
            Optional<UUID> seen = rows.service(service).currentDeploymentId();
            return routed.filter(deployment -> !seen.equals(Optional.of(deployment.deploymentId())));
        }
        List<Deployment> retained = rows.in(service, () -> rows.deployments().retained(service));
        return Optional.of(retained.stream()
                .findFirst()
                .map(Deployment::ref)
                .orElseThrow(() -> ActivityFailures.of(Failure.of(
                        FailureCode.NOTHING_RETAINED,
                        "No version of the service is kept that could be started.",
                        "Deploy it; that builds one and starts it."))));
    }

    void stopRevisions(ServiceRef service) {
        List<Deployment> retained = rows.in(service, () -> rows.deployments().retained(service));
        for (Deployment deployment : retained) {
            cluster.revisions().scale(deployment.ref(), 0);
            rows.in(service, () -> {
                rows.endpoints().replace(deployment.ref(), Map.of());
                rows.deployments().move(deployment.ref(), RETIRED);
            });
        }
    }
}
