package dev.berth.activities.rollout;

import static dev.berth.domain.DeploymentState.RETIRED;

import dev.berth.activities.Pulse;
import dev.berth.activities.rollout.Rows.Subject;
import dev.berth.activities.swarm.Revision;
import dev.berth.activities.swarm.Task;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.ServiceState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * Keeps two versions of a service from running at once, where it wants that: whatever starts one, for whatever reason, lets the others
 * end first. Visitors get the edge's page meanwhile, not what a dying app answers.
 *
 * <p>A host that is away may run what cannot be seen to have ended; then nothing is started until the operation's time is up.
 */
final class OneAtATime {
    /** An app has ten seconds to end ({@code RevisionSpec}); after that its engine kills it. */
    private static final Duration ENDED = Duration.ofSeconds(35);

    private static final Duration LOOK = Duration.ofMillis(50);

    private final Rows rows;
    private final Cluster cluster;
    private final Served edge;

    OneAtATime(Rows rows, Cluster cluster, Served edge) {
        this.rows = rows;
        this.cluster = cluster;
        this.edge = edge;
    }

    /**
     * Returns when nothing of the service but the subject itself runs. Nothing to do for a service whose versions may overlap. Fails,
     * before anything is ended, where the edge does not take the page.
     */
    void clearFor(Subject subject, Pulse pulse) {
        clearFor(subject, pulse, edge::require);
    }

    /** As {@link #clearFor}, for the way back: where the edge does not take the page, it is tried again. */
    void clearForReturnOf(Subject subject, Pulse pulse) {
        clearFor(subject, pulse, edge::insistOn);
    }

    private void clearFor(Subject subject, Pulse pulse, LongConsumer seen) {
        if (!subject.service().rollout().traffic().strategy().isOneAtATime()) {
            return;
        }
        DeploymentRef target = subject.deployment().ref();
        pauseFor(target).ifPresent(seen);
        List<Revision> others = cluster.revisions().ofService(target.serviceId()).stream()
                .filter(other -> !other.deployment().equals(target))
                .toList();
        others.stream().filter(other -> other.replicas() > 0).forEach(other -> retire(other.deployment()));
        others.forEach(other -> awaitEnd(other.deployment(), pulse));
    }

    /** Ends the subject and returns when nothing of it runs, whatever its row then says. Reconciling asks for it, too. */
    void end(Subject subject) {
        if (subject.service().rollout().traffic().strategy().isOneAtATime()) {
            DeploymentRef deployment = subject.deployment().ref();
            cluster.revisions().scale(deployment, 0);
            awaitEnd(deployment, () -> {});
        }
    }

    /** The generation with the page; empty where nothing serves that would have to end. */
    private OptionalLong pauseFor(DeploymentRef target) {
        return rows.in(target, () -> {
            boolean served = rows.routed(target.service())
                    .filter(other -> !other.equals(target))
                    .isPresent();
            if (!served) {
                return OptionalLong.empty();
            }
            rows.services().observe(target.service(), ServiceState.DEPLOYING);
            return OptionalLong.of(rows.routes().pause(target));
        });
    }

    /** Not for what is at zero already: one that is being withdrawn was not kept for anything. */
    private void retire(DeploymentRef other) {
        // The row first: whoever comes after a death in between finds the replicas, and does it again.
        rows.in(other, () -> {
            rows.endpoints().replace(other, Map.of());
            rows.deployments().move(other, RETIRED);
        });
        cluster.revisions().scale(other, 0);
    }

    private void awaitEnd(DeploymentRef deployment, Pulse pulse) {
        long deadline = System.nanoTime() + ENDED.toNanos();
        while (cluster.revisions().tasks(deployment).stream().anyMatch(Task::mayRun)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Deployment " + deployment.deploymentId() + " has not ended yet");
            }
            pulse.beat();
            Waits.pause(LOOK);
        }
    }
}
