package dev.berth.activities.rollout;

import dev.berth.activities.Pulse;
import dev.berth.activities.rollout.Rows.Subject;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves a service's traffic and sees the edge serve it. */
final class TrafficSteps {
    private static final Logger LOG = LoggerFactory.getLogger(TrafficSteps.class);
    /** What a cold deployment may take to get healthy before the traffic goes to it anyway: nothing else is left to serve. */
    private static final Duration LAST_RESORT = Duration.ofSeconds(45);

    private final Rows rows;
    private final Cluster cluster;
    private final RevisionSteps revisions;
    private final Served edge;

    TrafficSteps(Rows rows, Cluster cluster, RevisionSteps revisions, Served edge) {
        this.rows = rows;
        this.cluster = cluster;
        this.revisions = revisions;
        this.edge = edge;
    }

    void route(DeploymentRef deployment) {
        Subject subject = rows.subject(deployment);
        long generation =
                rows.in(deployment, () -> rows.routes().point(subject.service().host(), deployment));
        edge.require(generation);
        markServing(deployment);
    }

    /**
     * Sends the deployment its part of the traffic and sees the edge do so.
     *
     * @return false where nothing else serves, so that there is nothing to share
     */
    boolean split(DeploymentRef canary) {
        long generation = rows.in(canary, () -> rows.routes().split(canary));
        if (!rows.in(canary, () -> rows.isCanary(canary))) {
            return false;
        }
        edge.require(generation);
        return true;
    }

    /** Takes its part of the traffic from a deployment that was to be a canary, and sees the edge do so. */
    void join(DeploymentRef deployment) {
        if (rows.in(deployment, () -> rows.canaries().find(deployment)).isPresent()) {
            edge.insistOn(rows.in(deployment, () -> rows.routes().join(deployment)));
        }
    }

    /** As {@link dev.berth.workflows.RolloutActivities#routeBack}. */
    void routeBack(DeploymentRef deployment, Optional<DeploymentRef> before, Pulse pulse) {
        Subject subject = rows.subject(deployment);
        boolean concerned = rows.in(deployment, () -> rows.isRouted(deployment) || rows.isPaused(deployment.service()))
                || subject.service()
                        .currentDeploymentId()
                        .filter(deployment.deploymentId()::equals)
                        .isPresent();
        if (!concerned) {
            return;
        }
        Optional<DeploymentRef> target = rows.in(deployment, () -> new WayBack(rows).from(subject, before));
        if (target.isEmpty()) {
            takeAway(deployment.service());
            return;
        }
        if (subject.service().rollout().traffic().strategy().isOneAtATime()) {
            // As what is withdrawn, not as what is kept: it ends before the other is started.
            cluster.revisions().scale(deployment, 0);
        }
        warm(target.get(), pulse);
        long generation =
                rows.in(deployment, () -> rows.routes().point(subject.service().host(), target.get()));
        edge.insistOn(generation);
        markServing(target.get());
        rows.in(deployment, () -> {
            rows.deployments().endGap(deployment);
        });
    }

    /**
     * Lets what was ended for this deployment serve again before the deployment is given up. Its workflow may not know that anything
     * was: it asked for the strategy before somebody changed it, or was ended from outside.
     */
    void endPause(DeploymentRef deployment, Pulse pulse) {
        if (rows.in(deployment, () -> rows.isPaused(deployment.service()))) {
            // What is paused is routed still, so nobody has to remember it.
            routeBack(deployment, Optional.empty(), pulse);
        }
    }

    /** Takes the route away and sees the edge forget it. */
    void takeAway(ServiceRef service) {
        long generation = rows.in(service, () -> rows.routes().remove(service));
        edge.insistOn(generation);
        rows.in(service, () -> rows.services().setCurrentDeployment(service, Optional.empty()));
    }

    /** Puts the service's traffic on the stopped page and sees the edge serve it. */
    void showStopped(ServiceRef service) {
        String host = rows.service(service).host();
        long generation = rows.in(service, () -> rows.routes().stop(host, service));
        edge.insistOn(generation);
        rows.in(service, () -> {
            rows.services().setCurrentDeployment(service, Optional.empty());
            rows.services().observe(service, ServiceState.STOPPED);
        });
    }

    /** Costs some milliseconds for one that is warm. */
    private void warm(DeploymentRef target, Pulse pulse) {
        revisions.bringBack(target, pulse);
        try {
            revisions.awaitHealthy(target, LAST_RESORT, pulse);
        } catch (io.temporal.failure.ApplicationFailure notHealthy) {
            LOG.warn("The traffic goes back to deployment {}, which is not healthy", target.deploymentId(), notHealthy);
        }
    }

    private void markServing(DeploymentRef deployment) {
        boolean running = rows.in(deployment, () -> {
            rows.services().setCurrentDeployment(deployment.service(), Optional.of(deployment.deploymentId()));
            rows.services().observe(deployment.service(), ServiceState.RUNNING);
            rows.deployments().endGap(deployment);
            return rows.deployments().serve(deployment);
        });
        if (!running) {
            throw new IllegalStateException("Deployment " + deployment.deploymentId() + " serves and may not run");
        }
    }
}
