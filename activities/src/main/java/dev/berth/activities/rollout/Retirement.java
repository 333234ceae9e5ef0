package dev.berth.activities.rollout;

import static dev.berth.domain.DeploymentState.CANCELLED;
import static dev.berth.domain.DeploymentState.RETIRED;
import static dev.berth.domain.DeploymentState.ROLLED_BACK;
import static dev.berth.domain.DeploymentState.RUNNING;

import dev.berth.activities.rollout.Rows.Subject;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.store.Deployment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Takes away what no longer serves: to zero, or for good. */
final class Retirement {
    private final Rows rows;
    private final Cluster cluster;
    private final Images images;
    private final RolloutSettings settings;
    private final OneAtATime oneAtATime;
    private final VolumePlace volumes;
    private final UnusedNetwork network;

    Retirement(Rows rows, Cluster cluster, Images images, RolloutSettings settings, OneAtATime oneAtATime) {
        this.rows = rows;
        this.cluster = cluster;
        this.images = images;
        this.settings = settings;
        this.oneAtATime = oneAtATime;
        this.volumes = new VolumePlace(rows, cluster, settings.volumes());
        this.network = new UnusedNetwork(cluster);
    }

    void retirePredecessors(ServiceRef service) {
        Optional<RetirementPlan> plan = rows.in(service, () -> plan(service));
        plan.ifPresent(todo -> {
            todo.toZero().forEach(deployment -> scaleToZero(deployment.ref()));
            todo.toRemove().forEach(this::remove);
        });
    }

    private Optional<RetirementPlan> plan(ServiceRef service) {
        List<Deployment> retained = rows.deployments().retained(service);
        Set<UUID> promised = rows.deployments().promised(service);
        boolean settled = rows.routes().isSettled(service, settings.drain());
        Optional<RetirementPlan> plan = rows.isStopped(service)
                ? Optional.of(RetirementPlan.whenStopped(retained, settled, settings.retained()))
                : rows.routed(service)
                        .map(serving ->
                                RetirementPlan.of(retained, serving.deploymentId(), settled, settings.retained()));
        return plan.map(all -> all.without(promised));
    }

    private void scaleToZero(DeploymentRef deployment) {
        cluster.revisions().scale(deployment, 0);
        rows.in(deployment, () -> {
            rows.endpoints().replace(deployment, Map.of());
            rows.deployments().move(deployment, RETIRED);
        });
    }

    private void remove(Deployment deployment) {
        cluster.revisions().remove(deployment.ref());
        removeImage(deployment);
        rows.in(deployment.ref(), () -> rows.deployments().markRemoved(deployment.ref()));
    }

    /** Two deployments may run one image, and a build may be about to give it to a third; it goes with the last of them. */
    private void removeImage(Deployment deployment) {
        deployment.imageDigest().ifPresent(image -> {
            boolean shared = rows.in(deployment.ref(), () -> rows.deployments().sharesImage(deployment.ref(), image));
            if (!shared) {
                images.remove(deployment.ref().service(), image);
            }
        });
    }

    DeploymentState withdraw(DeploymentRef ref, DeploymentState end, Failure failure) {
        Subject subject = rows.subject(ref);
        Deployment deployment = subject.deployment();
        boolean retained = deployment.status() == RETIRED;
        if (retained || rows.in(ref, () -> rows.isRouted(ref))) {
            return deployment.status();
        }
        cluster.jobs().remove(ref);
        // What runs of a Swarm service that is gone is no longer seen.
        oneAtATime.end(subject);
        cluster.revisions().remove(ref);
        removeImage(deployment);
        return rows.in(ref, () -> {
            rows.endpoints().replace(ref, Map.of());
            rows.releases().cancel(ref);
            rows.deployments().fail(ref, deployment.status() == RUNNING ? ROLLED_BACK : end, failure);
            rows.deployments().markRemoved(ref);
            DeploymentState ended =
                    rows.deployments().find(ref).map(Deployment::status).orElse(end);
            if (rows.routed(ref.service()).isEmpty() && !rows.isStopped(ref.service())) {
                rows.services().observe(ref.service(), ended == CANCELLED ? ServiceState.PENDING : ServiceState.FAILED);
            }
            return ended;
        });
    }

    void release(DeploymentRef ref) {
        Deployment deployment = rows.subject(ref).deployment();
        if (deployment.status() == RETIRED && !rows.in(ref, () -> rows.isRouted(ref))) {
            scaleToZero(ref);
        }
    }

    void removeRevisions(ServiceRef service) {
        cluster.jobs().removeOfService(service.serviceId());
        cluster.revisions().ofService(service.serviceId()).forEach(cluster.revisions()::remove);
        volumes.remove(service);
        rows.in(
                service,
                () -> rows.deployments().notRemoved(service).forEach(deployment -> {
                    rows.endpoints().replace(deployment.ref(), Map.of());
                    rows.deployments().markRemoved(deployment.ref());
                }));
        network.removeIfUnused(service.organizationId());
    }
}
