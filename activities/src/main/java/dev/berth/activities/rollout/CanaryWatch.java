package dev.berth.activities.rollout;

import dev.berth.activities.edge.EdgeCounts;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.domain.OperationState;
import dev.berth.domain.canary.CanaryTally;
import dev.berth.domain.canary.CanaryVerdict;
import dev.berth.store.Canary;
import dev.berth.store.Cancellations;
import dev.berth.store.Operation;
import dev.berth.store.Operations;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** One look at a canary: at what the edge counts of it, at its replicas, and at what waits behind it. */
final class CanaryWatch {
    private final Rows rows;
    private final Cluster cluster;
    private final RevisionSteps revisions;
    private final EdgeCounts counts;
    private final Operations operations;
    private final Cancellations cancellations;

    CanaryWatch(DataSource source, Rows rows, Cluster cluster, RevisionSteps revisions, EdgeCounts counts) {
        this.rows = rows;
        this.cluster = cluster;
        this.revisions = revisions;
        this.counts = counts;
        this.operations = new Operations(source);
        this.cancellations = new Cancellations(source);
    }

    /** Notes what was counted, and takes the canary back where it answers too much with errors or crashes. */
    void look(Canary canary) {
        DeploymentRef deployment = canary.ref();
        tooManyErrors(canary)
                .or(() -> crash(canary))
                .ifPresent(reason ->
                        rows.in(deployment, () -> rows.canaries().abort(deployment, Optional.empty(), reason)));
    }

    private Optional<Failure> tooManyErrors(Canary canary) {
        CanaryTally tally = counted(canary);
        if (!tally.equals(canary.tally())) {
            rows.in(canary.ref(), () -> rows.canaries().count(canary.ref(), tally));
        }
        return CanaryVerdict.of(tally, canary.maxErrorPercent());
    }

    private CanaryTally counted(Canary canary) {
        try {
            return counts.of(canary.deploymentId()).map(canary.tally()::plus).orElse(canary.tally());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking the edge", e);
        }
    }

    /** As in a soak, from the moment that it got its part. */
    private Optional<Failure> crash(Canary canary) {
        return canary.beganAt()
                .flatMap(since -> SoakWatch.verdict(cluster.revisions().tasks(canary.ref()), since))
                .map(task -> SoakWatch.words(task, revisions.evidence(task)));
    }

    /**
     * Asks the canary's operation to end where something waits that is about what serves: nobody who stops a service wants to wait
     * for a decision about a new version of it.
     */
    void makeWay(DeploymentRef deployment) {
        rows.in(deployment, () -> {
            List<Operation> open = operations.outline(deployment.service());
            open.stream()
                    .filter(operation -> operation.status() == OperationState.PENDING)
                    .filter(operation -> operation.kind().endsCanary())
                    .findFirst()
                    .ifPresent(newer -> open.stream()
                            .filter(operation -> operation.status() == OperationState.RUNNING)
                            .filter(operation -> operation
                                    .deployment()
                                    .filter(deployment::equals)
                                    .isPresent())
                            .filter(operation -> operation.cancelRequestedAt().isEmpty())
                            .forEach(running -> cancellations.requestFor(running.ref(), newer.id())));
        });
    }
}
