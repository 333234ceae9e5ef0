package dev.berth.activities.rollout;

import static dev.berth.domain.DeploymentState.DEPLOYING;
import static dev.berth.domain.DeploymentState.RETIRED;
import static dev.berth.domain.DeploymentState.RUNNING;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Pulse;
import dev.berth.activities.registry.PullCredential;
import dev.berth.activities.rollout.Rows.Subject;
import dev.berth.activities.swarm.EngineException;
import dev.berth.activities.swarm.FailureWords;
import dev.berth.activities.swarm.OrgNetworks.NetworksExhausted;
import dev.berth.activities.swarm.PullDiagnosis;
import dev.berth.activities.swarm.Revision;
import dev.berth.activities.swarm.RevisionObserver;
import dev.berth.activities.swarm.RevisionObserver.Failed;
import dev.berth.activities.swarm.RevisionObserver.Healthy;
import dev.berth.activities.swarm.RevisionObserver.Starting;
import dev.berth.activities.swarm.RevisionSpec;
import dev.berth.activities.swarm.Task;
import dev.berth.activities.swarm.TaskEvidence;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import dev.berth.store.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Brings one deployment's revision up in Swarm and says why it did not come up. */
final class RevisionSteps {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int BAD_REQUEST = 400;
    private static final Set<DeploymentState> ALIVE = Set.of(DEPLOYING, RUNNING, RETIRED);

    private final Rows rows;
    private final Cluster cluster;
    private final RolloutSettings settings;
    private final OneAtATime oneAtATime;
    private final VolumePlace volumes;

    RevisionSteps(Rows rows, Cluster cluster, RolloutSettings settings, OneAtATime oneAtATime) {
        this.rows = rows;
        this.cluster = cluster;
        this.settings = settings;
        this.oneAtATime = oneAtATime;
        this.volumes = new VolumePlace(rows, cluster, settings.volumes());
    }

    void create(DeploymentRef deployment, Pulse pulse) {
        Subject subject = rows.subject(deployment);
        if (!isAlive(subject.deployment())) {
            // An attempt that comes late must not bring back what was withdrawn meanwhile.
            throw ActivityFailures.of(
                    Failure.of(FailureCode.CANCELLED, "The deployment has ended and cannot be started again.", ""));
        }
        volumes.requireHost(subject);
        oneAtATime.clearFor(subject, pulse);
        create(subject);
    }

    /**
     * Scales it up; makes it anew where somebody removed it behind Berth's back.
     *
     * @return whether all of it is healthy already
     */
    boolean revive(DeploymentRef deployment, Pulse pulse) {
        return revive(deployment, subject -> {
            volumes.requireHost(subject);
            oneAtATime.clearFor(subject, pulse);
        });
    }

    /** As {@link #revive}, for the way back from another. */
    void bringBack(DeploymentRef deployment, Pulse pulse) {
        revive(deployment, subject -> oneAtATime.clearForReturnOf(subject, pulse));
    }

    private boolean revive(DeploymentRef deployment, Consumer<Subject> clear) {
        Subject subject = rows.subject(deployment);
        if (!isAlive(subject.deployment())) {
            throw ActivityFailures.of(Failure.of(
                    FailureCode.NOTHING_RETAINED,
                    "The deployment to roll back to is no longer kept.",
                    "Choose a newer one, or deploy its commit again."));
        }
        clear.accept(subject);
        create(subject);
        cluster.revisions().scale(deployment, subject.service().replicas());
        return isHealthyAtOnce(subject);
    }

    /** Whether all that is wanted of it is there and healthy, without anything being done for it. */
    boolean isWarm(DeploymentRef deployment) {
        Subject subject = rows.subject(deployment);
        return subject.deployment().status() == RUNNING
                && subject.deployment().removedAt().isEmpty()
                && cluster.revisions()
                        .find(deployment)
                        .filter(revision ->
                                revision.replicas() == subject.service().replicas())
                        .isPresent()
                && isHealthyAtOnce(subject);
    }

    private boolean isHealthyAtOnce(Subject subject) {
        DeploymentRef deployment = subject.deployment().ref();
        RevisionObserver observer = new RevisionObserver(subject.service().replicas(), image(subject.deployment()));
        return observer.observe(cluster.revisions().tasks(deployment), Duration.ZERO) instanceof Healthy healthy
                && isHealthy(deployment, healthy);
    }

    private void create(Subject subject) {
        create(subject, cluster.revisions()::create);
    }

    /** Makes something of the deployment's image on its organisation's network. */
    void create(Subject subject, Creation creation) {
        DeploymentRef deployment = subject.deployment().ref();
        String network = network(deployment);
        try {
            creation.create(spec(subject), network, settings.pull(deployment));
        } catch (EngineException e) {
            // It would say the same for ever; every other trouble may pass.
            if (e.status() == BAD_REQUEST) {
                throw ActivityFailures.of(Failure.of(
                                FailureCode.REVISION_REFUSED,
                                "Swarm refuses the service as it is described.",
                                "Change the setting that Swarm names, or ask the platform's operator.")
                        .withEvidence(String.valueOf(e.getMessage())));
            }
            throw e;
        }
    }

    /** How something is made from a revision's description. */
    @FunctionalInterface
    interface Creation {
        void create(RevisionSpec spec, String network, Optional<PullCredential> pull);
    }

    void awaitHealthy(DeploymentRef deployment, Duration deadline, Pulse pulse) {
        Subject subject = rows.subject(deployment);
        RevisionObserver observer = new RevisionObserver(asked(subject), image(subject.deployment()));
        Instant since = subject.deployment().isRetained() ? Instant.now() : Instant.MIN;
        long begin = System.nanoTime();
        while (true) {
            pulse.beat();
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
            List<Task> tasks = tasks(deployment, since);
            switch (observer.observe(tasks, elapsed)) {
                case Healthy healthy
                when isHealthy(deployment, healthy) -> {
                    return;
                }
                case Failed failed -> throw failure(subject, failed);
                case Healthy _, Starting _ -> {
                    if (elapsed.compareTo(deadline) > 0) {
                        throw failure(subject, observer.atDeadline(tasks));
                    }
                }
            }
            Waits.pause(LOOK);
        }
    }

    /** What Swarm was asked for: a number that somebody has set since then is for the next time, and nobody's fault now. */
    private int asked(Subject subject) {
        return cluster.revisions()
                .find(subject.deployment().ref())
                .map(Revision::replicas)
                .filter(replicas -> replicas > 0)
                .orElse(subject.service().replicas());
    }

    /** Swarm says so before the engine of the host does; where that agrees, it is written where the replicas are. */
    private boolean isHealthy(DeploymentRef deployment, Healthy healthy) {
        boolean confirmed = cluster.revisions().confirms(healthy.tasks());
        if (confirmed) {
            recordEndpoints(deployment, healthy.tasks());
        }
        return confirmed;
    }

    /** What a retained deployment's tasks died of in its former life is no reason not to start it again. */
    private List<Task> tasks(DeploymentRef deployment, Instant since) {
        return cluster.revisions().tasks(deployment).stream()
                .filter(task -> !task.state().isFailure() || task.since().isAfter(since))
                .toList();
    }

    /** Writes where the deployment's healthy replicas are. */
    private void recordEndpoints(DeploymentRef deployment, List<Task> tasks) {
        Map<String, String> addresses = tasks.stream()
                .filter(Task::serves)
                .filter(task -> !task.addresses().isEmpty())
                .collect(Collectors.toMap(Task::id, task -> task.addresses().getFirst()));
        rows.in(deployment, () -> {
            rows.endpoints().replace(deployment, addresses);
        });
    }

    FailureWords words(Deployment deployment) {
        Deployment.Configuration configuration = deployment.configuration();
        return new FailureWords(configuration.port(), configuration.healthPath(), configuration.memoryMb());
    }

    TaskEvidence evidence(Task task) {
        return TaskEvidence.of(cluster.engine(), task);
    }

    private RuntimeException failure(Subject subject, Failed failed) {
        TaskEvidence evidence = failed.task().map(this::evidence).orElse(TaskEvidence.NONE);
        Deployment deployment = subject.deployment();
        Failure told = words(deployment).of(failed, evidence);
        if (told.code() != FailureCode.IMAGE_NOT_PULLED) {
            return ActivityFailures.of(told);
        }
        return ActivityFailures.of(PullDiagnosis.of(
                told,
                cluster.engine(),
                settings.image(deployment.ref(), image(deployment)),
                settings.pull(deployment.ref())));
    }

    /** The organisation's network, with the edge on it. */
    private String network(DeploymentRef deployment) {
        try {
            String network = cluster.networks().ensure(deployment.organizationId());
            cluster.edge().join(List.of(network));
            return network;
        } catch (NetworksExhausted e) {
            throw ActivityFailures.of(e.failure());
        }
    }

    private RevisionSpec spec(Subject subject) {
        Deployment deployment = subject.deployment();
        Deployment.Configuration configuration = deployment.configuration();
        return new RevisionSpec(
                settings.instance(),
                deployment.ref(),
                subject.service().slug(),
                settings.image(deployment.ref(), image(deployment)),
                configuration.env(),
                configuration.port(),
                configuration.healthPath(),
                subject.service().replicas(),
                configuration.cpuMillis(),
                (long) configuration.memoryMb() << 20,
                settings.healthDeadline(subject.service()),
                volumes.mount(subject));
    }

    static ImageDigest image(Deployment deployment) {
        return deployment
                .imageDigest()
                .orElseThrow(() -> ActivityFailures.of(Failure.of(
                        FailureCode.IMAGE_MISSING, "The deployment has no image.", "Deploy again, which builds one.")));
    }

    private static boolean isAlive(Deployment deployment) {
        return ALIVE.contains(deployment.status()) && deployment.removedAt().isEmpty();
    }
}
