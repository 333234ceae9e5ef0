package dev.berth.activities.swarm;

import static org.awaitility.Awaitility.await;

import dev.berth.activities.TestImage;
import dev.berth.activities.TestRegistry;
import dev.berth.activities.registry.Repository;
import dev.berth.activities.swarm.RevisionObserver.Failed;
import dev.berth.activities.swarm.RevisionObserver.Healthy;
import dev.berth.activities.swarm.RevisionObserver.Observation;
import dev.berth.activities.swarm.RevisionObserver.Starting;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.store.Ids;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** One organisation on the test's engine, with a label of its own; everything that carries it goes with {@link #close()}. */
public final class TestSwarm implements AutoCloseable {
    public static final int PORT = 8080;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public final String instance = "test-" + UUID.randomUUID();
    public final UUID organization;
    public final Engine engine = Engine.at(URI.create("unix://" + System.getenv("BERTH_TEST_DOCKER")));
    public final Revisions revisions = new Revisions(engine, instance);
    public final Volumes volumes = new Volumes(engine, instance);
    public final OrgNetworks networks = new OrgNetworks(engine, instance);
    public final UUID service = Ids.next();
    private final List<AutoCloseable> onClose = new ArrayList<>();

    public TestSwarm() {
        this(Ids.next());
    }

    public TestSwarm(UUID organization) {
        this.organization = organization;
    }

    public DeploymentRef deployment() {
        return new DeploymentRef(organization, service, Ids.next());
    }

    public RevisionSpec spec(DeploymentRef deployment, TestImage image, int replicas, Map<String, String> env) {
        return new RevisionSpec(
                instance,
                deployment,
                "shop",
                image.reference(),
                env,
                PORT,
                env.getOrDefault("HEALTH", "/"),
                replicas,
                500,
                64L << 20,
                Duration.ofSeconds(60),
                Optional.empty());
    }

    /** Creates the revision on its organisation's network. */
    public Revision create(RevisionSpec spec) {
        Repository repository = new Repository(spec.image().replaceAll("^[^/]+/|@.*$", ""));
        return revisions.create(spec, networks.ensure(organization), TestRegistry.pull(repository));
    }

    public Healthy awaitHealthy(RevisionSpec spec, TestImage image) {
        return (Healthy) awaitEnd(spec, image);
    }

    /** What the observer says at last. */
    public Observation awaitEnd(RevisionSpec spec, TestImage image) {
        RevisionObserver observer = new RevisionObserver(spec.replicas(), image.digest());
        long begin = System.nanoTime();
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .pollDelay(Duration.ZERO)
                .until(
                        () -> observer.observe(
                                revisions.tasks(spec.deployment()), Duration.ofNanos(System.nanoTime() - begin)),
                        observation -> switch (observation) {
                            case Healthy healthy -> revisions.confirms(healthy.tasks());
                            case Starting _ -> false;
                            case Failed _ -> true;
                        });
    }

    public Failure words(Failed failed, RevisionSpec spec, UnaryOperator<TaskEvidence> also) {
        TaskEvidence evidence =
                failed.task().map(task -> TaskEvidence.of(engine, task)).orElse(TaskEvidence.NONE);
        return new FailureWords(spec.port(), spec.healthPath(), (int) (spec.memoryBytes() >> 20))
                .of(failed, also.apply(evidence));
    }

    /** Runs before the organisation's network goes. */
    public void onClose(AutoCloseable last) {
        onClose.add(last);
    }

    @Override
    public void close() throws Exception {
        revisions.all().forEach(revisions::remove);
        for (AutoCloseable last : onClose) {
            last.close();
        }
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            networks.remove(organization);
            volumes.all().forEach(volume -> volumes.remove(volume.service()));
            return networks.all().isEmpty();
        });
        engine.close();
    }
}
