package dev.berth.activities.rollout;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Pulse;
import dev.berth.activities.nix.PlainText;
import dev.berth.activities.rollout.Rows.Subject;
import dev.berth.activities.swarm.EngineException;
import dev.berth.activities.swarm.JobLog;
import dev.berth.activities.swarm.JobSpec;
import dev.berth.activities.swarm.RevisionObserver;
import dev.berth.activities.swarm.RevisionObserver.Failed;
import dev.berth.activities.swarm.Task;
import dev.berth.activities.swarm.TaskEvidence;
import dev.berth.activities.swarm.TaskState;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ReleaseCommand;
import dev.berth.store.Deployment;
import dev.berth.store.Release;
import dev.berth.store.Releases;
import io.temporal.client.ActivityCanceledException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs a deployment's release command: one task of its image, whose log is kept and whose exit code decides. An attempt that
 * finds the job of an earlier one waits for that; the command runs again only where its job was lost before anybody saw how it
 * ended.
 */
final class ReleaseSteps {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration LOG_LOOK = Duration.ofSeconds(1);
    private static final Set<DeploymentState> ALIVE = Set.of(DeploymentState.DEPLOYING, DeploymentState.RETIRED);

    private final Rows rows;
    private final Cluster cluster;
    private final RevisionSteps revisions;

    ReleaseSteps(Rows rows, Cluster cluster, RevisionSteps revisions) {
        this.rows = rows;
        this.cluster = cluster;
        this.revisions = revisions;
    }

    /** Whether its command is still to run; in a transaction. What was not built anew had its run before. */
    boolean isDue(Deployment deployment) {
        return command(deployment).isPresent()
                && rows.releases()
                        .find(deployment.ref())
                        .filter(release -> release.status() == Release.State.SUCCEEDED)
                        .isEmpty();
    }

    private static Optional<ReleaseCommand> command(Deployment deployment) {
        return deployment
                .configuration()
                .release()
                .filter(_ -> deployment.buildId().isPresent());
    }

    void run(DeploymentRef ref, Pulse pulse) {
        Subject subject = rows.subject(ref);
        Optional<ReleaseCommand> command = command(subject.deployment());
        if (command.isEmpty()) {
            return;
        }
        Release release = begin(subject);
        switch (release.status()) {
            case RUNNING -> runToItsEnd(subject, command.get(), release.startedAt(), pulse);
            case SUCCEEDED -> cluster.jobs().remove(ref);
            case FAILED -> {
                cluster.jobs().remove(ref);
                throw ActivityFailures.of(release.failure().orElseThrow());
            }
            case CANCELLED -> throw ended();
        }
    }

    private Release begin(Subject subject) {
        Deployment deployment = subject.deployment();
        if (!ALIVE.contains(deployment.status()) || deployment.removedAt().isPresent()) {
            // An attempt that comes late must not run what was withdrawn meanwhile.
            throw ended();
        }
        DeploymentRef ref = deployment.ref();
        return rows.in(ref, () -> {
            Releases releases = rows.releases();
            if (deployment.status() == DeploymentState.RETIRED) {
                // Kept for a start: each start is another try.
                releases.retryFailed(ref);
            }
            releases.begin(ref);
            return releases.find(ref).orElseThrow();
        });
    }

    private void runToItsEnd(Subject subject, ReleaseCommand command, Instant begun, Pulse pulse) {
        DeploymentRef ref = subject.deployment().ref();
        try {
            await(subject, command, begun, pulse);
        } catch (ActivityCanceledException cancelled) {
            cluster.jobs().remove(ref);
            rows.in(ref, () -> rows.releases().cancel(ref));
            throw cancelled;
        }
    }

    private void await(Subject subject, ReleaseCommand command, Instant begun, Pulse pulse) {
        DeploymentRef ref = subject.deployment().ref();
        revisions.create(
                subject, (spec, network, pull) -> cluster.jobs().create(new JobSpec(spec, command), network, pull));
        RevisionObserver observer = new RevisionObserver(1, RevisionSteps.image(subject.deployment()));
        Duration limit = subject.service().rollout().gates().releaseDeadline();
        JobLog log = rows.in(ref, () -> log(ref));
        Instant logged = Instant.MIN;
        while (true) {
            pulse.beat();
            Instant now = Instant.now();
            List<Task> tasks = cluster.jobs().tasks(ref);
            Optional<Task> ended = tasks.stream().filter(ReleaseSteps::isEnded).findFirst();
            if (ended.isPresent() || logged.plus(LOG_LOOK).isBefore(now)) {
                tasks.forEach(task -> keep(ref, log, task, pulse));
                logged = now;
            }
            if (ended.isPresent()) {
                end(subject, ended.get());
                return;
            }
            Duration elapsed = Duration.between(begun, now);
            if (observer.observe(tasks, elapsed) instanceof Failed failed) {
                throw fail(
                        subject,
                        Optional.empty(),
                        revisions.words(subject.deployment()).of(failed, TaskEvidence.NONE));
            }
            if (elapsed.compareTo(limit) > 0) {
                tasks.forEach(task -> keep(ref, log, task, pulse));
                throw fail(subject, Optional.empty(), late(tasks, observer, subject, limit));
            }
            if (tasks.isEmpty() && !cluster.jobs().isThere(ref)) {
                throw fail(
                        subject,
                        Optional.empty(),
                        Failure.of(
                                FailureCode.RELEASE_FAILED,
                                "The release command's task was removed by somebody else while it ran.",
                                "Deploy again."));
            }
            Waits.pause(LOOK);
        }
    }

    /** Of the job's task, which said nothing of what an earlier try left; in a transaction. */
    private JobLog log(DeploymentRef ref) {
        int known = rows.releases().lineCountOfTry(ref);
        int before = rows.releases().lineCount(ref) - known;
        return new JobLog(cluster.engine(), known, Releases.LINE_LIMIT - before);
    }

    private static boolean isEnded(Task task) {
        return task.state().isFailure()
                || task.state() == TaskState.SHUTDOWN
                || task.state() == TaskState.ORPHANED
                || task.state() == TaskState.REMOVE;
    }

    private void end(Subject subject, Task task) {
        DeploymentRef ref = subject.deployment().ref();
        if (task.state() != TaskState.COMPLETE) {
            Optional<Integer> exitCode = task.exitCode().stream().boxed().findFirst();
            throw fail(subject, exitCode, why(subject, task, exitCode));
        }
        rows.in(ref, () -> rows.releases().succeed(ref));
        cluster.jobs().remove(ref);
    }

    private Failure why(Subject subject, Task task, Optional<Integer> exitCode) {
        TaskEvidence evidence = revisions.evidence(task);
        Failed failed = RevisionObserver.failed(List.of(task));
        return switch (failed.code()) {
            case START_COMMAND_NOT_FOUND -> ReleaseWords.notFound(task.error());
            case CRASHED_ON_START, NEVER_HEALTHY ->
                new ReleaseWords(subject.deployment().configuration().memoryMb()).of(exitCode, task.error(), evidence);
            default -> revisions.words(subject.deployment()).of(failed, evidence);
        };
    }

    private Failure late(List<Task> tasks, RevisionObserver observer, Subject subject, Duration limit) {
        Optional<Task> running =
                tasks.stream().filter(task -> task.state() == TaskState.RUNNING).findFirst();
        return running.map(task -> Failure.of(
                                FailureCode.RELEASE_TIMED_OUT,
                                "The release command did not end within " + limit.toSeconds() + " seconds.",
                                "Find out what it waits for, or give it more time.")
                        .withEvidence(revisions.evidence(task).log()))
                .orElseGet(
                        () -> revisions.words(subject.deployment()).of(observer.atDeadline(tasks), TaskEvidence.NONE));
    }

    /** Writes it first: an attempt after this one then tells the same. */
    private RuntimeException fail(Subject subject, Optional<Integer> exitCode, Failure failure) {
        DeploymentRef ref = subject.deployment().ref();
        rows.in(ref, () -> rows.releases().fail(ref, exitCode, failure));
        try {
            cluster.jobs().remove(ref);
        } catch (EngineException later) {
            // The deployment's end removes it, too, and is tried until it has.
        }
        return ActivityFailures.of(failure);
    }

    private void keep(DeploymentRef ref, JobLog log, Task task, Pulse pulse) {
        do {
            pulse.beat();
            keep(ref, log.next(task));
        } while (log.isBehind());
    }

    private void keep(DeploymentRef ref, List<JobLog.Line> lines) {
        for (int from = 0; from < lines.size(); from += Releases.CHUNK_LIMIT) {
            List<JobLog.Line> chunk = lines.subList(from, Math.min(lines.size(), from + Releases.CHUNK_LIMIT));
            List<String> texts =
                    chunk.stream().map(line -> PlainText.of(line.text())).toList();
            rows.in(ref, () -> rows.releases().append(ref, chunk.getFirst().at(), texts));
        }
    }

    private static RuntimeException ended() {
        return ActivityFailures.of(
                Failure.of(FailureCode.CANCELLED, "The deployment has ended and its release command is not run.", ""));
    }
}
