package dev.berth.activities.rollout;

import static dev.berth.domain.DeploymentState.CANCELLED;
import static dev.berth.domain.DeploymentState.DEPLOYING;
import static dev.berth.domain.DeploymentState.FAILED;
import static dev.berth.domain.DeploymentState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.berth.activities.edge.Load;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.canary.CanaryVerdict;
import dev.berth.store.Canary;
import dev.berth.store.Ids;
import dev.berth.store.Operation;
import dev.berth.store.Operations;
import dev.berth.testkit.RealPart;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A canary on a real database, Swarm, edge and registry. */
@RealPart({"docker", "registry", "app", "traefik"})
final class CanaryStepsTests {
    private static final Duration SOON = Duration.ofSeconds(90);

    private RolloutScene scene;
    private JdbcClient owner;
    private DeploymentRef old;

    @BeforeEach
    void oneServes(@TempDir Path folder) throws Exception {
        scene = new RolloutScene(folder, 1);
        owner = JdbcClient.create(scene.database.ownerDataSource());
        old = scene.deploy(Map.of("SAYS", "old"));
        scene.steps.prove(old);
        settings(50, 0, 5);
    }

    @AfterEach
    void end() throws Exception {
        scene.close();
    }

    @Test
    void aVersionThatAnswersErrorsAtTimesIsTakenBackByItselfAndTheOldOneGoesOnServing() throws Exception {
        DeploymentRef bad = healthy(Map.of("SAYS", "bad", "FAIL_EVERY", "3", "HEALTH", "/headers"));
        assertThat(scene.canary.beginCanary(bad))
                .hasValueSatisfying(left -> assertThat(left).isBetween(Duration.ofHours(23), Duration.ofHours(24)));
        try (Load load = new Load(scene.edge, scene.host())) {
            scene.canary.watchCanary(bad);
            Failure failure = failureOf(() -> scene.canary.settleCanary(bad));
            assertThat(failure.code()).as(failure.toString()).isEqualTo(FailureCode.CANARY_ERRORS);
            assertThat(failure.evidence()).containsPattern("\\d+ requests, \\d+ of them answered by 5xx");
            assertThat(failureOf(() -> scene.canary.settleCanary(bad)))
                    .as("a second try says the same")
                    .isEqualTo(failure);
            assertThat(scene.steps.withdraw(bad, FAILED, failure)).isEqualTo(FAILED);
            int failed =
                    load.failures.values().stream().mapToInt(Integer::intValue).sum();
            int from = load.requests.get();
            await().atMost(SOON).until(() -> load.requests.get() - from > 200);
            load.stop();
            System.out.println("requests " + load.requests + " failed " + load.failures + " " + load.answers);
            assertThat(load.failures).as("none but the bad version's own").containsOnlyKeys("500 bad");
            assertThat(load.failures.get("500 bad"))
                    .as("and none after it was taken back")
                    .isEqualTo(failed);
        }
        assertThat(scene.edge.get(scene.host(), "/").body()).isEqualTo("old");
        assertThat(scene.row(bad).status()).isEqualTo(FAILED);
        assertThat(scene.swarm.revisions.find(bad)).isEmpty();
        assertThat(scene.serviceRow().currentDeploymentId()).contains(old.deploymentId());
        assertThat(row(bad).tally().errors()).isPositive();
    }

    @Test
    void aGoodOneIsPromotedByAPersonAndNoRequestIsLost() throws Exception {
        try (Load load = new Load(scene.edge, scene.host())) {
            DeploymentRef good = healthy(Map.of("SAYS", "good"));
            scene.canary.beginCanary(good);
            await().atMost(SOON).until(() -> load.answers.containsKey("200 good"));
            CompletableFuture<Void> watched = CompletableFuture.runAsync(() -> scene.canary.watchCanary(good));
            await().atMost(SOON).until(() -> row(good).tally().requests() > 50);
            assertThat(scene.row(good).status()).isEqualTo(DEPLOYING);
            assertThat(scene.serviceRow().currentDeploymentId()).contains(old.deploymentId());
            in(good, () -> scene.rows.canaries().promote(good, Optional.empty()));
            watched.join();
            scene.canary.settleCanary(good);
            scene.steps.routeTraffic(good);
            assertThat(scene.row(good).status()).isEqualTo(RUNNING);
            scene.steps.prove(good);
            scene.steps.retirePredecessors(scene.ref);
            int from = load.requests.get();
            await().atMost(SOON).until(() -> load.requests.get() - from > 100);
            load.stop();
            System.out.println("requests " + load.requests + " failed " + load.failures + " " + load.answers);
            assertThat(load.failures).isEmpty();
        }
        assertThat(scene.edge.get(scene.host(), "/").body()).isEqualTo("good");
    }

    @Test
    void everyStepMayRunTwiceAndALateOneBringsNothingBack() throws Exception {
        DeploymentRef canary = healthy(Map.of("SAYS", "new"));
        scene.canary.beginCanary(canary);
        Canary begun = row(canary);
        scene.canary.beginCanary(canary);
        assertThat(row(canary)).isEqualTo(begun);
        Failure aborted = CanaryVerdict.aborted(begun.tally());
        in(canary, () -> scene.rows.canaries().abort(canary, Optional.empty(), aborted));
        scene.canary.watchCanary(canary);
        assertThat(scene.canary.beginCanary(canary)).contains(Duration.ZERO);
        assertThat(failureOf(() -> scene.canary.settleCanary(canary))).isEqualTo(aborted);
        assertThat(scene.steps.withdraw(canary, CANCELLED, aborted)).isEqualTo(CANCELLED);
        assertThat(scene.steps.withdraw(canary, CANCELLED, aborted)).isEqualTo(CANCELLED);
        scene.canary.beginCanary(canary);
        assertThat(scene.rows.in(canary, () -> scene.rows.isCanary(canary))).isFalse();
        assertThat(scene.edge.get(scene.host(), "/").body()).isEqualTo("old");
    }

    @Test
    void theShareAndTheCountSurviveARestartOfTheEdge() throws Exception {
        DeploymentRef canary = healthy(Map.of("SAYS", "new"));
        scene.canary.beginCanary(canary);
        CompletableFuture<Void> watched = CompletableFuture.runAsync(() -> scene.canary.watchCanary(canary));
        long before = visitUntilCounted(canary, 20);
        scene.swarm.engine.post("/containers/" + scene.edge.name + "/restart?t=1");
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> scene.edge.get(scene.host(), "/").statusCode() == 200);
        assertThat(visitUntilCounted(canary, before + 20)).isGreaterThanOrEqualTo(before + 20);
        assertThat(scene.rows.in(canary, () -> scene.rows.isCanary(canary))).isTrue();
        in(canary, () -> scene.rows.canaries().promote(canary, Optional.empty()));
        watched.join();
    }

    @Test
    void oneThatCrashesIsTakenBack() {
        DeploymentRef canary = healthy(Map.of("CRASH_AFTER", "8s"));
        scene.canary.beginCanary(canary);
        scene.canary.watchCanary(canary);
        assertThat(failureOf(() -> scene.canary.settleCanary(canary)).code()).isEqualTo(FailureCode.CRASHED_IN_SOAK);
    }

    @Test
    void whenItsTimeIsUpItIsPromotedWhereTheServiceSaysSoAndElseTakenBack() {
        DeploymentRef waiting = healthy(Map.of("SAYS", "new"));
        scene.canary.beginCanary(waiting);
        timeIsUp(waiting);
        scene.canary.watchCanary(waiting);
        Failure undecided = failureOf(() -> scene.canary.settleCanary(waiting));
        assertThat(undecided.code()).isEqualTo(FailureCode.CANARY_UNDECIDED);
        scene.steps.withdraw(waiting, FAILED, undecided);
        settings(50, 600, 5);
        DeploymentRef timed = healthy(Map.of("SAYS", "newer"));
        assertThat(scene.canary.beginCanary(timed).orElseThrow()).isLessThanOrEqualTo(Duration.ofSeconds(600));
        assertThat(catchThrowableOfType(IllegalStateException.class, () -> scene.canary.settleCanary(timed)))
                .as("it is too early")
                .hasMessageContaining("yet");
        timeIsUp(timed);
        scene.canary.watchCanary(timed);
        scene.canary.settleCanary(timed);
        assertThat(row(timed).decision()).contains(Canary.Decision.PROMOTE);
    }

    @Test
    void aStopThatWaitsBehindItEndsIt() {
        DeploymentRef canary = healthy(Map.of("SAYS", "new"));
        Operations operations = new Operations(scene.database.dataSource());
        OperationRef deploy = queue(operations, OperationKind.DEPLOY, Optional.of(canary));
        scene.rows.in(scene.ref, () -> operations.claimNext(scene.ref));
        scene.canary.beginCanary(canary);
        CompletableFuture<Void> watched = CompletableFuture.runAsync(() -> scene.canary.watchCanary(canary));
        OperationRef scale = queue(operations, OperationKind.RESTART, Optional.empty());
        await().during(Duration.ofSeconds(2))
                .atMost(SOON)
                .until(() -> cancelWish(operations, deploy).isEmpty());
        queue(operations, OperationKind.STOP, Optional.empty());
        await().atMost(SOON).until(() -> cancelWish(operations, deploy).isPresent());
        assertThat(cancelWish(operations, scale)).isEmpty();
        in(canary, () -> scene.rows.canaries().promote(canary, Optional.empty()));
        watched.join();
    }

    @Test
    void whatStandsAloneIsNoCanary() {
        assertThat(scene.steps.admit(scene.pending(Map.of())).canary()).isTrue();
        scene.steps.removeRoute(scene.ref);
        DeploymentRef alone = scene.pending(Map.of());
        assertThat(scene.steps.admit(alone).canary()).isFalse();
        assertThat(scene.canary.beginCanary(alone)).isEmpty();
    }

    private DeploymentRef healthy(Map<String, String> env) {
        DeploymentRef deployment = scene.pending(env);
        scene.steps.admit(deployment);
        scene.steps.createRevision(deployment);
        scene.steps.awaitHealthy(deployment, SOON);
        return deployment;
    }

    private long visitUntilCounted(DeploymentRef canary, long requests) {
        await().atMost(SOON).ignoreExceptions().until(() -> {
            scene.edge.get(scene.host(), "/");
            return row(canary).tally().requests() >= requests;
        });
        return row(canary).tally().requests();
    }

    private OperationRef queue(Operations operations, OperationKind kind, Optional<DeploymentRef> deployment) {
        OperationRef operation = new OperationRef(scene.swarm.organization, scene.swarm.service, Ids.next());
        scene.rows.in(scene.ref, () -> {
            operations.insert(operation, kind, deployment, Optional.empty(), Optional.empty(), Optional.empty());
        });
        return operation;
    }

    private Optional<java.time.Instant> cancelWish(Operations operations, OperationRef operation) {
        return scene.rows
                .in(scene.ref, () -> operations.find(operation.organizationId(), operation.operationId()))
                .flatMap(Operation::cancelRequestedAt);
    }

    private void settings(int weight, int holdSeconds, int maxErrorPercent) {
        owner.sql("""
                update container_services
                set strategy = 'canary', canary_weight = ?, canary_hold_seconds = ?, canary_max_error_percent = ?
                where id = ?
                """)
                .params(weight, holdSeconds, maxErrorPercent, scene.swarm.service)
                .update();
    }

    private void timeIsUp(DeploymentRef canary) {
        owner.sql("update canaries set ends_at = now() where deployment_id = ?")
                .param(canary.deploymentId())
                .update();
    }

    private Canary row(DeploymentRef canary) {
        return scene.rows.in(canary, () -> scene.rows.canaries().find(canary)).orElseThrow();
    }

    private void in(DeploymentRef deployment, Runnable work) {
        scene.rows.in(deployment, work);
    }

    private static Failure failureOf(Runnable step) {
        ApplicationFailure thrown = catchThrowableOfType(ApplicationFailure.class, step::run);
        return thrown.getDetails().get(0, Failure.class);
    }
}
