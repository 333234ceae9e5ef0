package dev.berth.activities.rollout;

import static dev.berth.domain.DeploymentState.RUNNING;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Pulse;
import dev.berth.activities.edge.EdgeProbe;
import dev.berth.activities.rollout.Rows.Subject;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.store.Deployment;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves a service's traffic and sees the edge serve it. */
final class TrafficSteps {
    private static final Logger LOG = LoggerFactory.getLogger(TrafficSteps.class);
    private static final Duration SERVED_DEADLINE = Duration.ofSeconds(30);
    private static final long SILENT = -1;
    private static final Duration LOOK = Duration.ofMillis(20);
    /** What a cold deployment may take to get healthy before the traffic goes to it anyway: nothing else is left to serve. */
    private static final Duration LAST_RESORT = Duration.ofSeconds(45);

    private final Rows rows;
    private final RevisionSteps revisions;
    private final EdgeProbe edge;

    TrafficSteps(Rows rows, RevisionSteps revisions, EdgeProbe edge) {
        this.rows = rows;
        this.revisions = revisions;
        this.edge = edge;
    }

    void route(DeploymentRef deployment) {
        Subject subject = rows.subject(deployment);
        long generation =
                rows.in(deployment, () -> rows.routes().point(subject.service().host(), deployment));
        require(generation);
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
        require(generation);
        return true;
    }

    /** Takes its part of the traffic from a deployment that was to be a canary, and sees the edge do so. */
    void join(DeploymentRef deployment) {
        if (rows.in(deployment, () -> rows.canaries().find(deployment)).isPresent()) {
            requireServed(rows.in(deployment, () -> rows.routes().join(deployment)));
        }
    }

    private void require(long generation) {
        long served = awaitServed(generation);
        if (served < generation) {
            throw ActivityFailures.of(notServed(served, generation));
        }
    }

    private static Failure notServed(long served, long wanted) {
        String deadline = " within " + SERVED_DEADLINE.toSeconds() + " seconds.";
        return served == SILENT
                ? Failure.of(
                                FailureCode.EDGE_UNREACHABLE,
                                "The edge did not answer" + deadline,
                                "Ask the platform's operator whether the edge runs, then deploy again.")
                        .withEvidence("Wanted was generation " + wanted + " of the edge's document.")
                : Failure.of(
                                FailureCode.ROUTE_NOT_SERVED,
                                "The edge did not take the new route" + deadline,
                                "Ask the platform's operator whether the Temporal worker runs, then deploy again.")
                        .withEvidence("The edge serves generation " + served + " of its document, wanted was " + wanted
                                + ".");
    }

    /** As {@link dev.berth.workflows.RolloutActivities#routeBack}. */
    void routeBack(DeploymentRef deployment, Pulse pulse) {
        Subject subject = rows.subject(deployment);
        boolean concerned = rows.in(deployment, () -> rows.isRouted(deployment))
                || subject.service()
                        .currentDeploymentId()
                        .filter(deployment.deploymentId()::equals)
                        .isPresent();
        if (!concerned) {
            return;
        }
        // An earlier try may have moved the traffic and died before it could write so.
        Optional<DeploymentRef> target = rows.in(
                deployment,
                () -> rows.routed(deployment.service())
                        .filter(routed -> !routed.equals(deployment))
                        .or(() -> successor(deployment)));
        if (target.isEmpty()) {
            takeAway(deployment.service());
            return;
        }
        warm(target.get(), pulse);
        long generation =
                rows.in(deployment, () -> rows.routes().point(subject.service().host(), target.get()));
        requireServed(generation);
        markServing(target.get());
    }

    /** Takes the route away and sees the edge forget it. */
    void takeAway(ServiceRef service) {
        long generation = rows.in(service, () -> rows.routes().remove(service));
        requireServed(generation);
        rows.in(service, () -> rows.services().setCurrentDeployment(service, Optional.empty()));
    }

    /** Puts the service's traffic on the stopped page and sees the edge serve it. */
    void showStopped(ServiceRef service) {
        String host = rows.service(service).host();
        long generation = rows.in(service, () -> rows.routes().stop(host, service));
        requireServed(generation);
        rows.in(service, () -> {
            rows.services().setCurrentDeployment(service, Optional.empty());
            rows.services().observe(service, ServiceState.STOPPED);
        });
    }

    private Optional<DeploymentRef> successor(DeploymentRef deployment) {
        return rows.deployments()
                .lastProven(deployment)
                .or(() -> rows.deployments().retained(deployment.service()).stream()
                        .filter(other ->
                                other.status() == RUNNING && !other.id().equals(deployment.deploymentId()))
                        .findFirst())
                .map(Deployment::ref);
    }

    /** Costs some milliseconds for one that is warm. */
    private void warm(DeploymentRef target, Pulse pulse) {
        revisions.revive(target);
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
            return rows.deployments().serve(deployment);
        });
        if (!running) {
            throw new IllegalStateException("Deployment " + deployment.deploymentId() + " serves and may not run");
        }
    }

    private void requireServed(long generation) {
        if (awaitServed(generation) < generation) {
            throw new IllegalStateException("The edge does not serve generation " + generation + " yet");
        }
    }

    /** What the edge serves once that is the generation or newer, or its time is up; {@code SILENT} for one that is down. */
    private long awaitServed(long generation) {
        long deadline = System.nanoTime() + SERVED_DEADLINE.toNanos();
        long served = servedNow();
        while (served < generation && System.nanoTime() < deadline) {
            Waits.pause(LOOK);
            served = servedNow();
        }
        return served;
    }

    private long servedNow() {
        try {
            return edge.servedGeneration().orElse(SILENT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking the edge", e);
        }
    }
}
