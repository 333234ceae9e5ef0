package dev.berth.activities.rollout;

import static dev.berth.domain.DeploymentState.FAILED;
import static dev.berth.domain.DeploymentState.RETIRED;
import static dev.berth.domain.DeploymentState.ROLLED_BACK;
import static dev.berth.domain.DeploymentState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.berth.activities.edge.EdgeNetworks;
import dev.berth.activities.edge.Load;
import dev.berth.activities.swarm.Revision;
import dev.berth.activities.swarm.Task;
import dev.berth.activities.swarm.TestSwarm;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.store.Deployment;
import dev.berth.store.Ids;
import dev.berth.store.Operations;
import dev.berth.testkit.RealPart;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RealPart({"docker", "registry", "app", "traefik"})
final class RolloutStepsTests {
    private static final Duration SOON = Duration.ofSeconds(90);

    private RolloutScene scene;

    @BeforeEach
    void begin(@TempDir Path folder) throws Exception {
        scene = new RolloutScene(folder, 1);
    }

    @AfterEach
    void end() throws Exception {
        scene.close();
    }

    @Test
    void aDeploymentTakesOverServesRetiresTheOldAndComesBackColdAndWarm() throws Exception {
        DeploymentRef first = scene.deploy(Map.of("SAYS", "one"));
        assertThat(scene.edge.get(scene.host(), "/").body()).isEqualTo("one");
        assertThat(scene.serviceRow().status()).isEqualTo(ServiceState.RUNNING);
        assertThat(scene.serviceRow().currentDeploymentId()).contains(first.deploymentId());
        scene.steps.prove(first);
        try (Load load = new Load(scene.edge, scene.host())) {
            long begin = System.nanoTime();
            DeploymentRef second = scene.deploy(Map.of("SAYS", "two"));
            System.out.println("admit -> served " + millisSince(begin) + " ms");
            scene.steps.retirePredecessors(scene.ref);
            assertThat(scene.row(first).status())
                    .as("the proven one stays warm")
                    .isEqualTo(RUNNING);
            begin = System.nanoTime();
            assertThat(rollBackTo(first)).as("seen to be warm").isTrue();
            System.out.println("warm roll-back " + millisSince(begin) + " ms");
            scene.steps.retirePredecessors(scene.ref);
            assertThat(scene.row(second).status()).isEqualTo(RETIRED);
            await().atMost(SOON)
                    .until(() -> scene.edge.get(scene.host(), "/").body().equals("one"));
            begin = System.nanoTime();
            assertThat(rollBackTo(second)).as("seen to be warm").isFalse();
            System.out.println("cold roll-back " + millisSince(begin) + " ms");
            assertThat(scene.row(second).status()).isEqualTo(RUNNING);
            assertThat(scene.serviceRow().currentDeploymentId()).contains(second.deploymentId());
            load.stop();
            System.out.println("requests " + load.requests + " failed " + load.failures);
            assertThat(load.failures).isEmpty();
        }
    }

    @Test
    void aServiceStartsWithWhatServedLastThoughAnotherCameUpLater() {
        DeploymentRef first = scene.deploy(Map.of());
        scene.steps.prove(first);
        DeploymentRef second = scene.deploy(Map.of());
        scene.steps.prove(second);
        assertThat(scene.row(first).status()).isEqualTo(RUNNING);
        rollBackTo(first);
        scene.steps.showStopped(scene.ref);
        scene.steps.stopRevisions(scene.ref);
        assertThat(scene.steps.chooseForStart(scene.ref)).contains(first);
    }

    @Test
    void everyStepMayRunTwice() {
        DeploymentRef deployment = scene.pending(Map.of());
        for (int i = 0; i < 2; i++) {
            scene.steps.admit(deployment);
            scene.steps.createRevision(deployment);
            scene.steps.awaitHealthy(deployment, SOON);
            scene.steps.routeTraffic(deployment);
        }
        scene.steps.prove(deployment);
        scene.steps.prove(deployment);
        assertThat(scene.swarm.revisions.ofService(scene.ref.serviceId())).hasSize(1);
        assertThat(scene.row(deployment).status()).isEqualTo(RUNNING);
    }

    @Test
    void onlyTheNewestAreKept() {
        DeploymentRef first = scene.deploy(Map.of());
        scene.steps.prove(first);
        DeploymentRef second = scene.deploy(Map.of());
        scene.steps.prove(second);
        DeploymentRef third = scene.deploy(Map.of());
        scene.steps.prove(third);
        scene.steps.retirePredecessors(scene.ref);
        scene.steps.retirePredecessors(scene.ref);
        assertThat(scene.row(first).removedAt()).isPresent();
        assertThat(scene.row(second).isRetained()).isTrue();
        assertThat(scene.swarm.revisions.ofService(scene.ref.serviceId()))
                .extracting(Revision::deploymentId)
                .containsExactlyInAnyOrder(second.deploymentId(), third.deploymentId());
        assertThat(scene.images.has(scene.ref, scene.image.digest()))
                .as("the others run the same image")
                .isTrue();
    }

    @Test
    void whatARollBackThatWaitsIsToGoToIsKeptForIt() {
        DeploymentRef first = scene.deploy(Map.of());
        scene.steps.prove(first);
        OperationRef rollBack = new OperationRef(scene.swarm.organization, scene.swarm.service, Ids.next());
        Operations operations = new Operations(scene.database.dataSource());
        scene.rows.in(
                first,
                () -> operations.insert(
                        rollBack,
                        OperationKind.ROLLBACK,
                        Optional.of(first),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        scene.steps.prove(scene.deploy(Map.of()));
        scene.steps.prove(scene.deploy(Map.of()));
        scene.steps.retirePredecessors(scene.ref);
        assertThat(scene.row(first).isRetained()).isTrue();
        assertThat(scene.swarm.revisions.find(first)).isPresent();
        scene.rows.in(first, () -> operations.finish(rollBack, OperationState.CANCELLED, Optional.empty()));
        scene.steps.retirePredecessors(scene.ref);
        assertThat(scene.row(first).removedAt()).isPresent();
    }

    @Test
    void theEdgeReachesAServiceThatComesUpWhileTheOrganisationsLastOneIsRemoved() throws Exception {
        DeploymentRef last = scene.deploy(Map.of());
        String network = scene.swarm.networks.find(last.organizationId()).orElseThrow();
        // An attempt that died when it had taken the edge off, before it could take the network away.
        new EdgeNetworks(scene.swarm.engine, scene.edge.name).leave(network);
        scene.steps.removeRevisions(new ServiceRef(last.organizationId(), Ids.next()));
        assertThat(scene.swarm
                        .engine
                        .get("/containers/" + scene.edge.name + "/json")
                        .at("/NetworkSettings/Networks")
                        .findValuesAsText("NetworkID"))
                .contains(network);
    }

    @Test
    void aCrashInTheSoakPutsTheTrafficBack() throws Exception {
        DeploymentRef good = scene.deploy(Map.of("SAYS", "good"));
        scene.steps.prove(good);
        DeploymentRef bad = scene.deploy(Map.of("SAYS", "bad", "CRASH_AFTER", "5s"));
        Failure failure = failureOf(() -> scene.steps.watchSoak(bad, Duration.ofSeconds(40)));
        long begin = System.nanoTime();
        scene.steps.routeBack(bad, null);
        System.out.println("crash seen -> traffic back " + millisSince(begin) + " ms");
        scene.steps.routeBack(bad, null);
        assertThat(scene.edge.get(scene.host(), "/").body()).isEqualTo("good");
        assertThat(failure.code()).isEqualTo(FailureCode.CRASHED_IN_SOAK);
        assertThat(failure.evidence()).contains("index out of range");
        assertThat(scene.steps.withdraw(bad, FAILED, failure)).isEqualTo(ROLLED_BACK);
        assertThat(scene.steps.withdraw(bad, FAILED, failure)).isEqualTo(ROLLED_BACK);
        assertThat(scene.serviceRow().status()).isEqualTo(ServiceState.RUNNING);
        assertThat(scene.serviceRow().currentDeploymentId()).contains(good.deploymentId());
        assertThat(scene.swarm.revisions.find(bad)).isEmpty();
    }

    @Test
    void aFirstDeploymentThatNeverComesUpLeavesNothingBehind() {
        DeploymentRef deployment = scene.pending(Map.of("CRASH", "4"));
        scene.steps.admit(deployment);
        scene.steps.createRevision(deployment);
        Failure failure = failureOf(() -> scene.steps.awaitHealthy(deployment, SOON));
        assertThat(failure.code()).isEqualTo(FailureCode.CRASHED_ON_START);
        assertThat(scene.steps.withdraw(deployment, FAILED, failure)).isEqualTo(FAILED);
        assertThat(scene.row(deployment).failure()).contains(failure);
        assertThat(scene.serviceRow().status()).isEqualTo(ServiceState.FAILED);
        assertThat(scene.swarm.revisions.all()).isEmpty();
        assertThat(scene.images.has(scene.ref, scene.image.digest())).isFalse();
        assertThat(failureOf(() -> scene.steps.createRevision(deployment)).code())
                .as("a late attempt brings nothing back")
                .isEqualTo(FailureCode.CANCELLED);
    }

    @ParameterizedTest
    @CsvSource({
        "/,      6s, OUT_OF_MEMORY_IN_SOAK, reading everything into memory",
        "/fades, 1h, UNHEALTHY_IN_SOAK,     answered 503",
    })
    void whatEndsASoakIsToldApart(String path, String memory, FailureCode code, String seen) {
        DeploymentRef bad =
                scene.deploy(Map.of("HEALTH", path, "FADE_AFTER", "6s", "ALLOCATE", "300", "ALLOCATE_AFTER", memory));
        Failure failure = failureOf(() -> scene.steps.watchSoak(bad, Duration.ofSeconds(40)));
        assertThat(failure.code()).as(failure.toString()).isEqualTo(code);
        assertThat(failure.evidence()).contains(seen);
    }

    @Test
    void anImageThatLeftTheRegistryAfterAdmissionIsToldFromOneThatAHostCannotFetch() {
        DeploymentRef deployment = scene.pending(Map.of());
        ImageDigest missing = new ImageDigest(scene.image.digest().value().replaceAll("[0-9a-f]{8}$", "00000000"));
        scene.steps.adoptImage(deployment, missing);
        assertThat(failureOf(() -> scene.steps.admit(deployment)).code()).isEqualTo(FailureCode.IMAGE_MISSING);
        scene.rows.in(deployment, () -> {
            scene.rows.deployments().move(deployment, DeploymentState.DEPLOYING);
        });
        scene.steps.createRevision(deployment);
        Failure failure = failureOf(() -> scene.steps.awaitHealthy(deployment, SOON));
        assertThat(failure.code()).as(failure.toString()).isEqualTo(FailureCode.IMAGE_MISSING);
        assertThat(failure.evidence()).contains("No such image", "manifest unknown");
    }

    @Test
    void aServiceThatSwarmRefusesIsNotTriedForEver() {
        DeploymentRef deployment = new DeploymentRef(scene.swarm.organization, scene.swarm.service, Ids.next());
        scene.rows.in(deployment, () -> {
            scene.rows
                    .deployments()
                    .insert(
                            deployment,
                            Optional.empty(),
                            // Swarm takes no limit below four megabytes.
                            new Deployment.Configuration(
                                    500, 1, TestSwarm.PORT, "/", Map.of(), Optional.empty(), false));
        });
        scene.steps.adoptImage(deployment, scene.image.digest());
        scene.steps.admit(deployment);
        Failure failure = failureOf(() -> scene.steps.createRevision(deployment));
        assertThat(failure.code()).as(failure.toString()).isEqualTo(FailureCode.REVISION_REFUSED);
        assertThat(failure.evidence()).contains("memory");
    }

    @Test
    void aRouteThatNobodyFeedsIsToldFromAnEdgeThatIsDown() throws Exception {
        DeploymentRef deployment = scene.pending(Map.of());
        scene.steps.admit(deployment);
        scene.steps.createRevision(deployment);
        scene.steps.awaitHealthy(deployment, SOON);
        await().atMost(SOON).until(() -> scene.edge.probe.servedGeneration().isPresent());
        scene.feeder.close();
        Failure unfed = failureOf(() -> scene.steps.routeTraffic(deployment));
        assertThat(unfed.code()).isEqualTo(FailureCode.ROUTE_NOT_SERVED);
        assertThat(unfed.evidence()).contains("serves generation");
        scene.swarm.engine.post("/containers/" + scene.edge.name + "/stop?t=1");
        Failure down = failureOf(() -> scene.steps.routeTraffic(deployment));
        assertThat(down.code()).isEqualTo(FailureCode.EDGE_UNREACHABLE);
        assertThat(down.evidence()).contains("generation");
    }

    @Test
    void aDeploymentThatIsNoLongerKeptCannotBeRolledBackTo() {
        DeploymentRef deployment = scene.deploy(Map.of());
        scene.rows.in(deployment, () -> {
            scene.rows.deployments().markRemoved(deployment);
        });
        assertThat(failureOf(() -> scene.steps.reviveRevision(deployment)).code())
                .isEqualTo(FailureCode.NOTHING_RETAINED);
    }

    @Test
    void aReplicaThatIsReplacedIsPublishedWithItsNewAddress() {
        DeploymentRef deployment = scene.deploy(Map.of());
        Task before = scene.swarm.revisions.tasks(deployment).getFirst();
        scene.swarm.engine.post("/containers/" + before.containerId().orElseThrow() + "/kill?signal=KILL");
        await().atMost(SOON).until(() -> scene.serviceRow().status() == ServiceState.DEGRADED);
        await().atMost(SOON).until(() -> scene.serviceRow().status() == ServiceState.RUNNING);
        await().atMost(SOON)
                .until(() -> !published(deployment).contains(before.addresses().getFirst()));
        assertThat(published(deployment)).hasSize(1);
    }

    @Test
    void aDeletedServiceLeavesNothing() throws Exception {
        DeploymentRef deployment = scene.deploy(Map.of());
        for (int i = 0; i < 2; i++) {
            scene.steps.removeRoute(scene.ref);
            assertThat(scene.edge.get(scene.host(), "/").statusCode()).isEqualTo(404);
            scene.steps.removeRevisions(scene.ref);
            scene.steps.removeImages(scene.ref);
        }
        scene.steps.forgetService(scene.ref);
        scene.steps.forgetService(scene.ref);
        assertThat(scene.swarm.revisions.find(deployment)).isEmpty();
        assertThat(scene.swarm.networks.all()).isEmpty();
        assertThat(scene.images.has(scene.ref, scene.image.digest())).isFalse();
        assertThat(scene.rows.in(scene.ref, () -> scene.rows.services().find(scene.ref)))
                .isEmpty();
    }

    /** As the workflow does it; whether the target was warm. */
    private boolean rollBackTo(DeploymentRef target) {
        scene.steps.admit(target);
        boolean warm = scene.steps.routeIfWarm(target);
        if (!warm) {
            scene.steps.reviveRevision(target);
            scene.steps.awaitHealthy(target, SOON);
            scene.steps.routeTraffic(target);
        }
        return warm;
    }

    private List<String> published(DeploymentRef deployment) {
        return scene.rows.in(
                deployment,
                () -> scene.rows.endpoints().of(deployment).stream()
                        .map(endpoint -> endpoint.address())
                        .toList());
    }

    private static Failure failureOf(Runnable step) {
        ApplicationFailure thrown = catchThrowableOfType(ApplicationFailure.class, step::run);
        return thrown.getDetails().get(0, Failure.class);
    }

    private static long millisSince(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }
}
