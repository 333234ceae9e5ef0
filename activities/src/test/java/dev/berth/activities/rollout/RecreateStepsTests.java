package dev.berth.activities.rollout;

import static dev.berth.domain.DeploymentState.FAILED;
import static dev.berth.domain.DeploymentState.RETIRED;
import static dev.berth.domain.DeploymentState.ROLLED_BACK;
import static dev.berth.domain.DeploymentState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.activities.edge.Load;
import dev.berth.domain.DeployGates;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.RolloutPolicy;
import dev.berth.domain.ServiceState;
import dev.berth.domain.TrafficPolicy;
import dev.berth.domain.TrafficPolicy.Strategy;
import dev.berth.testkit.RealPart;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of which no two may run at once, on a real database, Swarm, edge and registry. */
@RealPart({"docker", "registry", "app", "traefik"})
final class RecreateStepsTests {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final RolloutPolicy ONE_AT_A_TIME = new RolloutPolicy(
            Optional.empty(),
            Optional.empty(),
            RolloutPolicy.OnNewer.FINISH,
            DeployGates.OPEN,
            new TrafficPolicy(Strategy.RECREATE, 10, 0, 5));

    private RolloutScene scene;
    private Containers containers;

    @BeforeEach
    void begin(@TempDir Path folder) throws Exception {
        scene = new RolloutScene(folder, 1, ONE_AT_A_TIME);
        containers = new Containers(scene);
    }

    @AfterEach
    void end() throws Exception {
        containers.close();
        scene.close();
    }

    @Test
    void theOldOneEndsBeforeTheNewOneIsStartedAndVisitorsGetThePageMeanwhile() throws Exception {
        DeploymentRef first = scene.deploy(Map.of("SAYS", "one"));
        scene.steps.prove(first);
        assertThat(scene.row(first).gap()).as("nothing served before it").isEmpty();
        try (Load load = new Load(scene.edge, scene.host())) {
            DeploymentRef second = scene.pending(Map.of("SAYS", "two"));
            assertThat(scene.steps.admit(second).recreate()).isTrue();
            scene.steps.createRevision(second);
            assertThat(scene.serviceRow().status()).isEqualTo(ServiceState.DEPLOYING);
            assertThat(scene.row(first).status()).isEqualTo(RETIRED);
            scene.steps.createRevision(second);
            var page = scene.edge.get(scene.host(), "/");
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.headers().firstValue("X-Berth-Service")).contains("replaced");
            assertThat(page.headers().firstValue("Retry-After")).contains("2");
            scene.steps.awaitHealthy(second, SOON);
            scene.steps.routeTraffic(second);
            assertThat(scene.edge.get(scene.host(), "/").body()).isEqualTo("two");
            Duration gap = scene.row(second).gap().orElseThrow();
            load.stop();
            System.out.println("gap " + gap + " of " + load.requests + " requests failed " + load.failures);
            assertThat(gap).isBetween(Duration.ofMillis(100), SOON);
            assertThat(load.failures.keySet()).allMatch(failed -> failed.startsWith("503 "));
            scene.steps.retirePredecessors(scene.ref);
            assertThat(scene.row(first).isRetained()).isTrue();
            assertThat(scene.serviceRow().status()).isEqualTo(ServiceState.RUNNING);
        }
        assertThat(containers.mostAtOnce()).isEqualTo(1);
    }

    @Test
    void whatWasEndedForOneThatNeverComesUpServesAgain() throws Exception {
        DeploymentRef good = scene.deploy(Map.of("SAYS", "good"));
        DeploymentRef bad = scene.pending(Map.of("SAYS", "bad", "CRASH", "4"));
        scene.steps.admit(bad);
        scene.steps.createRevision(bad);
        Failure failure = failureOf(() -> scene.steps.awaitHealthy(bad, SOON));
        assertThat(failure.code()).as(failure.toString()).isEqualTo(FailureCode.CRASHED_ON_START);
        scene.steps.routeBack(bad, null);
        scene.steps.routeBack(bad, null);
        assertThat(scene.edge.get(scene.host(), "/").body()).isEqualTo("good");
        assertThat(scene.steps.withdraw(bad, FAILED, failure)).isEqualTo(FAILED);
        assertThat(scene.row(bad).gap()).as("what its attempt cost").isPresent();
        assertThat(scene.row(good).status()).isEqualTo(RUNNING);
        assertThat(scene.serviceRow().status()).isEqualTo(ServiceState.RUNNING);
        assertThat(scene.serviceRow().currentDeploymentId()).contains(good.deploymentId());
        assertThat(scene.swarm.revisions.find(bad)).isEmpty();
        assertThat(containers.mostAtOnce()).isEqualTo(1);
    }

    @Test
    void aCrashInTheSoakEndsItBeforeTheOldOneIsStartedAgainThoughThatWasNeverProven() throws Exception {
        DeploymentRef good = scene.deploy(Map.of("SAYS", "good"));
        DeploymentRef bad = scene.deploy(Map.of("SAYS", "bad", "CRASH_AFTER", "6s"));
        Failure failure = failureOf(() -> scene.steps.watchSoak(bad, SOON));
        assertThat(failure.code()).as(failure.toString()).isEqualTo(FailureCode.CRASHED_IN_SOAK);
        scene.steps.routeBack(bad, null);
        assertThat(scene.edge.get(scene.host(), "/").body()).isEqualTo("good");
        assertThat(scene.steps.withdraw(bad, FAILED, failure)).isEqualTo(ROLLED_BACK);
        assertThat(scene.row(good).gap()).as("while it was started again").isPresent();
        assertThat(containers.mostAtOnce()).isEqualTo(1);
    }

    @Test
    void whatEndedForOneWhoseWorkflowDoesNotKnowSoServesAgainWhenThatIsGivenUp() throws Exception {
        scene.change(Strategy.BLUE_GREEN);
        DeploymentRef good = scene.deploy(Map.of("SAYS", "good"));
        scene.steps.prove(good);
        DeploymentRef bad = scene.pending(Map.of("SAYS", "bad", "CRASH", "4"));
        assertThat(scene.steps.admit(bad).recreate()).isFalse();
        scene.change(Strategy.RECREATE);
        scene.steps.createRevision(bad);
        assertThat(scene.edge.get(scene.host(), "/").statusCode()).isEqualTo(503);
        Failure failure = failureOf(() -> scene.steps.awaitHealthy(bad, SOON));
        assertThat(scene.steps.withdraw(bad, FAILED, failure)).isEqualTo(FAILED);
        assertThat(scene.edge.get(scene.host(), "/").body()).isEqualTo("good");
        assertThat(scene.serviceRow().currentDeploymentId()).contains(good.deploymentId());
        assertThat(containers.mostAtOnce()).isEqualTo(1);
    }

    @Test
    void whatEndedForARollBackThatWasEndedFromOutsideServesAgain() throws Exception {
        DeploymentRef first = scene.deploy(Map.of("SAYS", "one"));
        DeploymentRef second = scene.deploy(Map.of("SAYS", "two"));
        scene.steps.prove(second);
        scene.steps.reviveRevision(first);
        assertThat(scene.edge.get(scene.host(), "/").statusCode()).isEqualTo(503);
        scene.steps.releaseRevision(first);
        assertThat(scene.edge.get(scene.host(), "/").body()).isEqualTo("two");
        assertThat(scene.row(first).isRetained()).isTrue();
        assertThat(scene.row(second).status()).isEqualTo(RUNNING);
        assertThat(containers.mostAtOnce()).isEqualTo(1);
    }

    @Test
    void aRollBackThatIsGivenUpStartsAgainWhatServedThoughThatWasNeverProven() throws Exception {
        DeploymentRef first = scene.deploy(Map.of("SAYS", "one"));
        scene.steps.prove(first);
        DeploymentRef second = scene.deploy(Map.of("SAYS", "two"));
        scene.steps.prove(second);
        DeploymentRef third = scene.deploy(Map.of("SAYS", "three"));
        scene.steps.reviveRevision(second);
        scene.steps.awaitHealthy(second, SOON);
        scene.steps.routeTraffic(second);
        scene.steps.routeBack(second, third);
        assertThat(scene.edge.get(scene.host(), "/").body()).isEqualTo("three");
        scene.steps.releaseRevision(second);
        assertThat(scene.row(second).isRetained()).isTrue();
        assertThat(scene.serviceRow().currentDeploymentId()).contains(third.deploymentId());
        assertThat(containers.mostAtOnce()).isEqualTo(1);
    }

    @Test
    void aRollBackAndAStartTakeTurnsToo() throws Exception {
        DeploymentRef first = scene.deploy(Map.of("SAYS", "one"));
        DeploymentRef second = scene.deploy(Map.of("SAYS", "two"));
        scene.steps.admit(first);
        assertThat(scene.steps.reviveRevision(first)).as("seen to be warm").isFalse();
        scene.steps.awaitHealthy(first, SOON);
        scene.steps.routeTraffic(first);
        assertThat(scene.edge.get(scene.host(), "/").body()).isEqualTo("one");
        assertThat(scene.row(second).status()).isEqualTo(RETIRED);
        scene.steps.showStopped(scene.ref);
        scene.steps.stopRevisions(scene.ref);
        // Another than the one that is still ending.
        scene.steps.reviveRevision(second);
        scene.steps.awaitHealthy(second, SOON);
        scene.steps.routeTraffic(second);
        assertThat(scene.edge.get(scene.host(), "/").body()).isEqualTo("two");
        assertThat(containers.mostAtOnce()).isEqualTo(1);
    }

    private static Failure failureOf(Runnable step) {
        return catchThrowableOfType(ApplicationFailure.class, step::run)
                .getDetails()
                .get(0, Failure.class);
    }
}
