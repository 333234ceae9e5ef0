package dev.berth.activities.rollout;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Pulse;
import dev.berth.activities.swarm.FailureWords;
import dev.berth.activities.swarm.Task;
import dev.berth.activities.swarm.TaskEvidence;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.store.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Watches a new deployment that has the traffic. */
final class SoakWatch {
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Rows rows;
    private final Cluster cluster;
    private final RevisionSteps revisions;

    SoakWatch(Rows rows, Cluster cluster, RevisionSteps revisions) {
        this.rows = rows;
        this.cluster = cluster;
        this.revisions = revisions;
    }

    /** Counts from the moment that the traffic came, so a second try does not watch longer. */
    void watch(DeploymentRef ref, Duration soak, Pulse pulse) {
        Deployment deployment = rows.subject(ref).deployment();
        Instant since = deployment.routedAt().orElseGet(Instant::now);
        while (Instant.now().isBefore(since.plus(soak))) {
            pulse.beat();
            List<Task> tasks = cluster.revisions().tasks(ref);
            verdict(tasks, since).ifPresent(task -> {
                throw ActivityFailures.of(words(task, revisions.evidence(task)));
            });
            Waits.pause(LOOK);
        }
    }

    /**
     * The task that ends the soak: the last of two that ended, or the first that left no healthy replica. One of several that
     * ends alone is replaced by Swarm and harms nobody.
     */
    static Optional<Task> verdict(List<Task> tasks, Instant since) {
        List<Task> ended = tasks.stream()
                .filter(task -> task.state().isFailure() && task.since().isAfter(since))
                .sorted(Comparator.comparing(Task::since))
                .toList();
        boolean nobodyServes = tasks.stream().noneMatch(Task::serves);
        return ended.size() > 1 || nobodyServes && !ended.isEmpty() ? Optional.of(ended.getLast()) : Optional.empty();
    }

    static Failure words(Task task, TaskEvidence evidence) {
        // An app that its health check ends and that obeys leaves with exit code 0, of which Swarm says nothing; a
        // probe has
        // words only for what is wrong.
        boolean obeyed = task.exitCode().orElse(-1) == 0 && !evidence.probe().isEmpty();
        if (FailureWords.isUnhealthy(task) || obeyed) {
            return Failure.of(
                            FailureCode.UNHEALTHY_IN_SOAK,
                            "The app got the traffic and then stopped answering its health check.",
                            "See what it logged under load; what served before serves again.")
                    .withEvidence(evidence.logAndProbe());
        }
        if (evidence.outOfMemory()) {
            return Failure.of(
                            FailureCode.OUT_OF_MEMORY_IN_SOAK,
                            "The app got the traffic and was ended because it used more memory than its limit.",
                            "Raise the service's memory limit or let the app use less; what served before serves again.")
                    .withEvidence(evidence.log());
        }
        String code = task.exitCode().isPresent()
                ? " with exit code " + task.exitCode().getAsInt()
                : "";
        return Failure.of(
                        FailureCode.CRASHED_IN_SOAK,
                        "The app got the traffic and crashed" + code + ".",
                        "Its last lines say why; what served before serves again.")
                .withEvidence(evidence.log());
    }
}
