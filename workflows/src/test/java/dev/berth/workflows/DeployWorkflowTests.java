package dev.berth.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.BuildState;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationState;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DeployWorkflowTests {
    private final World world = new World();
    private final Stage stage = new Stage(world);
    private final DeployWorkflow.Request request = stage.deployRequest();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void buildsAndPutsTrafficOnAHealthyRevisionAndProvesIt() {
        assertThat(deploy().state()).isEqualTo(DeploymentState.RUNNING);
        assertThat(world.effects)
                .containsSubsequence("beginBuilding", "resolveCommit", "finishBuild", "adoptImage", "admit")
                .endsWith(
                        "admit",
                        "createRevision",
                        "awaitHealthy",
                        "routeTraffic",
                        "finishOperation",
                        "retirePredecessors",
                        "watchSoak",
                        "prove",
                        "retirePredecessors");
        assertThat(operationEnd()).isEqualTo(OperationState.SUCCEEDED);
        keepHistory("succeeds");
        keepHistory("succeeds-for-good");
    }

    @Test
    void deploysAnImageThatIsThereWithoutABuild() {
        DeployWorkflow.Request withoutBuild = new DeployWorkflow.Request(
                request.operation(), request.deployment(), Optional.empty(), request.reuse(), Optional.empty());
        assertThat(start(withoutBuild).join().state()).isEqualTo(DeploymentState.RUNNING);
        assertThat(world.effects).startsWith("admit", "createRevision");
        keepHistory("without-build");
    }

    @Test
    void endsFailedWithTheReasonOfTheBuild() {
        world.fails("planBuild", FailureCode.APP_NOT_RECOGNISED);
        assertThat(deploy()).isEqualTo(new DeployWorkflow.Outcome(DeploymentState.FAILED, "planBuild failed"));
        assertThat(world.effects).endsWith("abandonBuild", "withdraw", "finishOperation");
        assertThat(world.failures.get(request.deployment().deploymentId()).code())
                .isEqualTo(FailureCode.APP_NOT_RECOGNISED);
        assertThat(operationEnd()).isEqualTo(OperationState.FAILED);
        keepHistory("build-fails");
    }

    @Test
    void withdrawsARevisionThatNeverGetsHealthyWhileTheOtherOneServes() {
        DeploymentRef before = stage.provenDeployment();
        world.fails("awaitHealthy", FailureCode.NEVER_HEALTHY);
        assertThat(deploy()).isEqualTo(new DeployWorkflow.Outcome(DeploymentState.FAILED, "awaitHealthy failed"));
        assertThat(world.effects).endsWith("createRevision", "withdraw", "finishOperation");
        assertThat(world.serving).contains(before.deploymentId());
        keepHistory("never-healthy");
    }

    @Test
    void putsTheTrafficBackWhenItCrashesInItsSoak() {
        DeploymentRef before = stage.provenDeployment();
        world.fails("watchSoak", FailureCode.CRASHED_IN_SOAK);
        assertThat(deploy()).isEqualTo(new DeployWorkflow.Outcome(DeploymentState.ROLLED_BACK, "watchSoak failed"));
        assertThat(world.effects).endsWith("retirePredecessors", "routeBack", "withdraw", "finishOperation");
        assertThat(world.serving).contains(before.deploymentId());
        assertThat(operationEnd())
                .as("the operation was finished before the soak")
                .isEqualTo(OperationState.SUCCEEDED);
        keepHistory("crashes-in-soak");
    }

    @Test
    void takesTheRouteAwayWhenTheFirstDeploymentCrashesInItsSoak() {
        world.fails("watchSoak", FailureCode.UNHEALTHY_IN_SOAK);
        assertThat(deploy().state()).isEqualTo(DeploymentState.ROLLED_BACK);
        assertThat(world.serving).isEmpty();
    }

    @Test
    void putsTheTrafficBackWhenTheEdgeDoesNotServeTheRoute() {
        DeploymentRef before = stage.provenDeployment();
        world.fails("routeTraffic", FailureCode.ROUTE_NOT_SERVED);
        assertThat(deploy().state()).isEqualTo(DeploymentState.FAILED);
        assertThat(world.serving).contains(before.deploymentId());
        assertThat(operationEnd()).isEqualTo(OperationState.FAILED);
        keepHistory("route-not-served");
    }

    @Test
    void keepsAServingAppWhenNobodyCanWatchIt() {
        world.when("watchSoak", () -> {
            throw new IllegalStateException("the engine is away");
        });
        assertThat(deploy().state()).isEqualTo(DeploymentState.RUNNING);
        assertThat(world.proven).isEmpty();
        assertThat(world.effects).doesNotContain("withdraw", "prove");
    }

    @Test
    void keepsAServingAppWhenItsPredecessorsCannotBeRetired() {
        world.when("retirePredecessors", () -> {
            throw new IllegalStateException("the engine is away");
        });
        assertThat(deploy().state()).isEqualTo(DeploymentState.RUNNING);
        assertThat(world.proven).containsExactly(request.deployment().deploymentId());
    }

    @Test
    void isUnprovenWhenANewerOperationEndsItsSoak() {
        Hold soak = world.holds("watchSoak");
        CompletableFuture<DeployWorkflow.Outcome> running = start(request);
        soak.awaitEntry();
        stage.client()
                .newWorkflowStub(DeployWorkflow.class, request.deployment().workflowId())
                .endSoak();
        assertThat(running.join().state()).isEqualTo(DeploymentState.RUNNING);
        assertThat(world.proven).isEmpty();
        assertThat(world.serving).contains(request.deployment().deploymentId());
        keepHistory("soak-ended");
    }

    @Test
    void waitsForTheRestOfALongerDrainBeforeItRetires() {
        world.soak = Duration.ofSeconds(1);
        assertThat(deploy().state()).isEqualTo(DeploymentState.RUNNING);
        assertThat(world.effects).endsWith("prove", "retirePredecessors");
        keepHistory("short-soak");
    }

    @Test
    void endsCancelledWhenItIsCancelledWhileItBuilds() {
        Hold hold = world.holds("realiseDerivation");
        assertThat(cancelIn(hold)).isEqualTo(DeploymentState.CANCELLED);
        assertThat(world.builds).containsValue(BuildState.CANCELLED);
        assertThat(world.effects).endsWith("abandonBuild", "withdraw", "finishOperation");
        assertThat(operationEnd()).isEqualTo(OperationState.CANCELLED);
        keepHistory("cancelled-in-build");
    }

    @Test
    void endsCancelledWhenItIsCancelledBeforeItIsHealthy() {
        Hold hold = world.holds("awaitHealthy");
        assertThat(cancelIn(hold)).isEqualTo(DeploymentState.CANCELLED);
        assertThat(world.effects).endsWith("createRevision", "withdraw", "finishOperation");
        keepHistory("cancelled-before-health");
    }

    @Test
    void endsCancelledWhenItIsCancelledInAStepThatCannotBeInterrupted() {
        Hold hold = world.holdsDeaf("createRevision");
        assertThat(cancelInDeaf(hold)).isEqualTo(DeploymentState.CANCELLED);
        assertThat(world.effects).endsWith("createRevision", "withdraw", "finishOperation");
    }

    @Test
    void givesTheTrafficBackWhenItIsCancelledWhileItTakesIt() {
        DeploymentRef before = stage.provenDeployment();
        Hold hold = world.holdsDeaf("routeTraffic");
        assertThat(cancelInDeaf(hold)).isEqualTo(DeploymentState.ROLLED_BACK);
        assertThat(world.serving).contains(before.deploymentId());
        assertThat(operationEnd()).isEqualTo(OperationState.CANCELLED);
    }

    @Test
    void givesTheTrafficBackWhenItIsCancelledInItsSoak() {
        DeploymentRef before = stage.provenDeployment();
        Hold soak = world.holds("watchSoak");
        assertThat(cancelIn(soak)).isEqualTo(DeploymentState.ROLLED_BACK);
        assertThat(world.serving).contains(before.deploymentId());
        keepHistory("cancelled-in-soak");
    }

    @Test
    void awaitsABuildThatAnEarlierRunStarted() {
        stage.stub(BuildWorkflow.class, request.build().orElseThrow().workflowId())
                .build(new BuildWorkflow.Request(request.build().orElseThrow(), request.reuse()));
        assertThat(deploy().state()).isEqualTo(DeploymentState.RUNNING);
        assertThat(world.effects).containsSubsequence("awaitBuild", "adoptImage", "routeTraffic");
        assertThat(world.effects).containsOnlyOnce("realiseDerivation");
        keepHistory("build-started-before");
    }

    @Test
    void triesAStepAgainThatFailedForNoFaultOfTheApp() {
        AtomicInteger attempts = new AtomicInteger();
        world.when("createRevision", () -> {
            if (attempts.incrementAndGet() < 4) {
                throw new IllegalStateException("the engine restarts");
            }
        });
        assertThat(deploy().state()).isEqualTo(DeploymentState.RUNNING);
        assertThat(attempts).hasValue(4);
    }

    @Test
    void goesOnWithANewWorkerWhereTheOldOneStopped() {
        Hold hold = world.holds("awaitHealthy");
        CompletableFuture<DeployWorkflow.Outcome> running = start(request);
        hold.awaitEntry();
        world.when("awaitHealthy", () -> {});
        stage.replaceWorkers();
        assertThat(running.join().state()).isEqualTo(DeploymentState.RUNNING);
        assertThat(world.effects)
                .containsOnlyOnce("createRevision")
                .containsOnlyOnce("realiseDerivation")
                .containsOnlyOnce("routeTraffic");
    }

    private DeployWorkflow.Outcome deploy() {
        return start(request).join();
    }

    private CompletableFuture<DeployWorkflow.Outcome> start(DeployWorkflow.Request what) {
        DeployWorkflow workflow =
                stage.stub(DeployWorkflow.class, what.deployment().workflowId());
        return WorkflowClient.execute(workflow::deploy, what);
    }

    private DeploymentState cancelIn(Hold hold) {
        CompletableFuture<DeployWorkflow.Outcome> running = start(request);
        hold.awaitEntry();
        stage.workflow(request.deployment().workflowId()).cancel();
        return closedAsCancelled(running);
    }

    private DeploymentState cancelInDeaf(Hold hold) {
        CompletableFuture<DeployWorkflow.Outcome> running = start(request);
        hold.awaitEntry();
        stage.workflow(request.deployment().workflowId()).cancel();
        stage.awaitEvent(request.deployment().workflowId(), EventType.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED);
        hold.release();
        return closedAsCancelled(running);
    }

    /** Temporal closes a cancelled workflow as cancelled; what became of the deployment stands in its row. */
    private DeploymentState closedAsCancelled(CompletableFuture<DeployWorkflow.Outcome> running) {
        assertThatThrownBy(running::join).rootCause().isInstanceOf(CanceledFailure.class);
        return world.states.get(request.deployment().deploymentId());
    }

    private OperationState operationEnd() {
        return world.ends.get(request.operation().operationId());
    }

    private void keepHistory(String scenario) {
        stage.keepHistory("deploy", scenario, request.deployment().workflowId());
    }
}
