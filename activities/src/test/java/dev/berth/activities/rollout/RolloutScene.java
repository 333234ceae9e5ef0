package dev.berth.activities.rollout;

import dev.berth.activities.TestImage;
import dev.berth.activities.TestRegistry;
import dev.berth.activities.edge.EdgeFeeder;
import dev.berth.activities.edge.EndpointWatcher;
import dev.berth.activities.edge.TestEdge;
import dev.berth.activities.swarm.TestSwarm;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.RolloutPolicy;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.domain.TrafficPolicy.Strategy;
import dev.berth.settings.Settings.Volumes;
import dev.berth.store.Deployment;
import dev.berth.store.Ids;
import dev.berth.store.Service;
import dev.berth.testkit.TestDatabase;
import dev.berth.workflows.CanaryActivities;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One service on a real database, Swarm, edge and registry. */
final class RolloutScene implements AutoCloseable {
    static final String DOMAIN = "berth.test";
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration SOAK = Duration.ofSeconds(20);

    final TestDatabase database = TestDatabase.fresh();
    final TestSwarm swarm = new TestSwarm(database.organization());
    final Rows rows = Rows.of(database.dataSource());
    final Service service;
    final ServiceRef ref;
    final TestImage image;
    final TestEdge edge;
    final EdgeFeeder feeder;
    final EndpointWatcher watcher;
    final RolloutSteps steps;
    final CanaryActivities canary;
    private final RolloutSettings settings;
    final Images images = new RegistryImages(TestRegistry.client());

    RolloutScene(Path folder, int replicas) throws Exception {
        this(folder, replicas, RolloutPolicy.DEFAULT);
    }

    RolloutScene(Path folder, int replicas, RolloutPolicy policy) throws Exception {
        service = new Service(
                swarm.service,
                swarm.organization,
                Optional.empty(),
                "Shop",
                "shop",
                "shop",
                "https://git.example/shop.git",
                "main",
                replicas,
                500,
                64,
                TestSwarm.PORT,
                "/",
                Map.of(),
                policy,
                Optional.empty(),
                ServiceState.PENDING,
                Optional.empty(),
                1,
                Instant.EPOCH,
                Instant.EPOCH);
        ref = service.ref();
        rows.in(ref, () -> rows.services().insert(service));
        image = TestImage.push(swarm.organization + "/" + swarm.service);
        edge = new TestEdge(swarm, folder);
        feeder = new EdgeFeeder(database.dataSource(), edge.directory, DOMAIN, TestEdge.CONTROL);
        watcher = new EndpointWatcher(database.dataSource(), swarm.engine, swarm.instance);
        settings = new RolloutSettings(
                swarm.instance,
                TestRegistry.authority(),
                TestRegistry.key(),
                DEADLINE,
                SOAK,
                Duration.ZERO,
                2,
                Volumes.UNLIMITED);
        steps = new RolloutSteps(
                database.dataSource(), swarm.engine, edge.name, edge.probe, images, settings, () -> () -> {});
        canary = steps.canary(edge.counts);
        swarm.onClose(feeder);
        swarm.onClose(watcher);
        swarm.onClose(edge);
        edge.container.ensureRunning();
        feeder.start();
        watcher.start();
    }

    String host() {
        return service.host() + "." + DOMAIN;
    }

    /** What somebody's {@code PATCH} does. */
    void change(Strategy strategy) throws SQLException {
        try (Connection owner = database.ownerDataSource().getConnection();
                PreparedStatement change =
                        owner.prepareStatement("update container_services set strategy = ? where id = ?")) {
            change.setString(1, strategy.name().toLowerCase(Locale.ROOT));
            change.setObject(2, service.id());
            change.executeUpdate();
        }
    }

    /** What somebody's {@code PATCH} does to a service that takes turns. */
    void addVolume() throws SQLException {
        try (Connection owner = database.ownerDataSource().getConnection();
                PreparedStatement change =
                        owner.prepareStatement("update container_services set volume_mb = 64 where id = ?")) {
            change.setObject(1, service.id());
            change.executeUpdate();
        }
    }

    /** A deployment that waits with its image. */
    DeploymentRef pending(Map<String, String> env) {
        DeploymentRef deployment = new DeploymentRef(swarm.organization, swarm.service, Ids.next());
        Map<String, String> all = new HashMap<>(env);
        rows.in(deployment, () -> {
            rows.deployments()
                    .insert(
                            deployment,
                            Optional.empty(),
                            new Deployment.Configuration(
                                    500,
                                    64,
                                    TestSwarm.PORT,
                                    all.getOrDefault("HEALTH", "/"),
                                    all,
                                    Optional.empty(),
                                    rows.services()
                                            .find(ref)
                                            .orElseThrow()
                                            .volume()
                                            .isPresent()));
        });
        steps.adoptImage(deployment, image.digest());
        return deployment;
    }

    /** What a deployment's workflow does until the traffic is there. */
    DeploymentRef deploy(Map<String, String> env) {
        DeploymentRef deployment = pending(env);
        steps.admit(deployment);
        steps.createRevision(deployment);
        steps.awaitHealthy(deployment, DEADLINE);
        steps.routeTraffic(deployment);
        return deployment;
    }

    /** What runs release commands, for whoever brings a pulse of his own. */
    ReleaseSteps releases() {
        Cluster cluster = Cluster.of(swarm.engine, swarm.instance, edge.name);
        return new ReleaseSteps(
                rows,
                cluster,
                new RevisionSteps(rows, cluster, settings, new OneAtATime(rows, cluster, new Served(edge.probe))));
    }

    Deployment row(DeploymentRef deployment) {
        return rows.subject(deployment).deployment();
    }

    Service serviceRow() {
        return rows.in(ref, () -> rows.services().find(ref).orElseThrow());
    }

    @Override
    public void close() throws Exception {
        swarm.close();
    }
}
