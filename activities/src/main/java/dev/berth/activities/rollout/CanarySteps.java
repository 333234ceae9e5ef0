package dev.berth.activities.rollout;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Pulse;
import dev.berth.activities.rollout.Rows.Subject;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.TrafficPolicy;
import dev.berth.domain.canary.CanaryVerdict;
import dev.berth.store.Canary;
import dev.berth.workflows.CanaryActivities;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** The steps of a canary. What was decided about it is its row's to say; the first word there stands. */
final class CanarySteps implements CanaryActivities {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(TrafficPolicy.LONGEST_HOLD_SECONDS);

    private final Rows rows;
    private final TrafficSteps traffic;
    private final CanaryWatch watch;
    private final Supplier<Pulse> pulse;

    CanarySteps(Rows rows, TrafficSteps traffic, CanaryWatch watch, Supplier<Pulse> pulse) {
        this.rows = rows;
        this.traffic = traffic;
        this.watch = watch;
        this.pulse = pulse;
    }

    @Override
    public Optional<Duration> beginCanary(DeploymentRef deployment) {
        Subject subject = rows.subject(deployment);
        rows.in(
                deployment,
                () -> rows.canaries()
                        .plan(deployment, subject.service().rollout().traffic()));
        if (find(deployment).decision().isPresent()) {
            return Optional.of(Duration.ZERO);
        }
        if (!traffic.split(deployment)) {
            return Optional.empty();
        }
        rows.in(deployment, () -> rows.canaries().begin(deployment, LONGEST));
        Duration left = Duration.between(Instant.now(), ends(find(deployment)));
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
    }

    @Override
    public void watchCanary(DeploymentRef deployment) {
        Pulse beat = pulse.get();
        Canary canary = find(deployment);
        while (canary.decision().isEmpty() && Instant.now().isBefore(ends(canary))) {
            beat.beat();
            watch.makeWay(deployment);
            watch.look(canary);
            Waits.pause(LOOK);
            canary = find(deployment);
        }
    }

    @Override
    public void settleCanary(DeploymentRef deployment) {
        Canary canary = find(deployment);
        if (canary.decision().isEmpty()) {
            timeIsUp(canary);
            canary = find(deployment);
        }
        canary.failure().ifPresent(reason -> {
            throw ActivityFailures.of(reason);
        });
    }

    private void timeIsUp(Canary canary) {
        if (Instant.now().isBefore(ends(canary))) {
            throw new IllegalStateException("Nothing is decided about canary " + canary.deploymentId() + " yet");
        }
        // What came since the last look counts too.
        watch.look(canary);
        rows.in(
                canary.ref(),
                () -> canary.holdSeconds() > 0
                        ? rows.canaries().promote(canary.ref(), Optional.empty())
                        : rows.canaries()
                                .abort(canary.ref(), Optional.empty(), CanaryVerdict.undecided(canary.tally())));
    }

    private static Instant ends(Canary canary) {
        return canary.endsAt()
                .orElseThrow(() -> new IllegalStateException(canary.deploymentId() + " is no canary yet"));
    }

    private Canary find(DeploymentRef deployment) {
        return rows.in(deployment, () -> rows.canaries().find(deployment).orElseThrow(Rows::gone));
    }
}
