package dev.berth.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.CanceledFailure;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Start, stop, scale, restart, and a deploy to a stopped service. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LifecycleWorkflowsTests {
    private final World world = new World();
    private final Stage stage = new Stage(world);
    private final DeploymentRef serving = stage.provenDeployment();
    private final OperationRef operation = stage.newOperation();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aStopShowsThePageBeforeAnythingEndsAndScalesToZeroAfterTheDrain() {
        stop().join();
        assertThat(world.effects).containsExactly("showStopped", "finishOperation", "stopRevisions");
        assertThat(world.serving).isEmpty();
        assertThat(end()).isEqualTo(OperationState.SUCCEEDED);
        keepHistory("stop", "succeeds");
    }

    @Test
    void aStopThatHasBegunToShowThePageIsCarriedThroughWhateverIsCancelled() {
        Hold hold = world.holdsDeaf("showStopped");
        CompletableFuture<Void> running = stop();
        hold.awaitEntry();
        stage.workflow("stop/" + operation.operationId()).cancel();
        hold.release();
        assertThatThrownBy(running::join)
                .as("the server calls it cancelled; the rows say what it did")
                .rootCause()
                .isInstanceOf(CanceledFailure.class);
        assertThat(world.effects).endsWith("finishOperation", "stopRevisions");
        assertThat(end()).isEqualTo(OperationState.SUCCEEDED);
        keepHistory("stop", "cancelled-too-late");
    }

    @Test
    void aStopThatIsCancelledBeforeItShowsThePageChangesNothing() {
        Hold hold = world.holds("awaitWorkflow");
        var request = new StopWorkflow.Request(operation, Optional.of("deploy/that-soaks"));
        StopWorkflow workflow = stage.stub(StopWorkflow.class, request.workflowId());
        CompletableFuture<Void> running = WorkflowClient.execute(workflow::stop, request);
        hold.awaitEntry();
        stage.workflow(request.workflowId()).cancel();
        assertThatThrownBy(running::join).rootCause().isInstanceOf(CanceledFailure.class);
        assertThat(world.effects).containsExactly("finishOperation");
        assertThat(world.serving).contains(serving.deploymentId());
        assertThat(end()).isEqualTo(OperationState.CANCELLED);
        keepHistory("stop", "cancelled");
    }

    @Test
    void aStartWaitsUntilTheStopBeforeIsComplete() {
        Hold hold = world.holdsDeaf("stopRevisions");
        CompletableFuture<Void> stopping = stop();
        hold.awaitEntry();
        var request = new StartWorkflow.Request(stage.newOperation(), Optional.of("stop/" + operation.operationId()));
        StartWorkflow workflow = stage.stub(StartWorkflow.class, request.workflowId());
        CompletableFuture<Void> starting = WorkflowClient.execute(workflow::start, request);
        stage.awaitEffect("awaitWorkflow");
        assertThat(world.effects).doesNotContain("chooseForStart");
        hold.release();
        stopping.join();
        starting.join();
        assertThat(world.effects)
                .containsSubsequence("stopRevisions", "chooseForStart", "reviveRevision", "routeTraffic");
        assertThat(world.serving).contains(serving.deploymentId());
        stage.keepHistory("start", "after-a-stop", request.workflowId());
    }

    @Test
    void aStartBringsTheKeptVersionUpAndMovesTheTrafficToIt() {
        stopped();
        start().join();
        assertThat(world.effects)
                .containsExactly(
                        "chooseForStart", "admit", "reviveRevision", "awaitHealthy", "routeTraffic", "finishOperation");
        assertThat(world.serving).contains(serving.deploymentId());
        assertThat(end()).isEqualTo(OperationState.SUCCEEDED);
        keepHistory("start", "succeeds");
        keepHistory("start", "succeeds-for-good");
    }

    @Test
    void aStartOfWhatServesDoesNothing() {
        start().join();
        assertThat(world.effects).containsExactly("chooseForStart", "finishOperation");
        assertThat(end()).isEqualTo(OperationState.SUCCEEDED);
        keepHistory("start", "serves-already");
    }

    @Test
    void aStartThatDoesNotGetHealthyLeavesTheStoppedPageAndNothingRunning() {
        stopped();
        world.fails("awaitHealthy", FailureCode.NEVER_HEALTHY);
        start().join();
        assertThat(world.effects).endsWith("reviveRevision", "showStopped", "stopRevisions", "finishOperation");
        assertThat(world.serving).isEmpty();
        assertThat(end()).isEqualTo(OperationState.FAILED);
        keepHistory("start", "never-healthy");
    }

    @Test
    void aCancelledStartLeavesTheStoppedPageAndNothingRunning() {
        stopped();
        Hold hold = world.holds("awaitHealthy");
        CompletableFuture<Void> running = start();
        hold.awaitEntry();
        stage.workflow("start/" + operation.operationId()).cancel();
        assertThatThrownBy(running::join).rootCause().isInstanceOf(CanceledFailure.class);
        assertThat(world.effects).endsWith("showStopped", "stopRevisions", "finishOperation");
        assertThat(end()).isEqualTo(OperationState.CANCELLED);
        keepHistory("start", "cancelled");
    }

    @Test
    void aScaleEndsWhenTheReplicasAreHealthy() {
        scale(3, 1).join();
        assertThat(world.effects).containsExactly("resize", "awaitHealthy", "finishOperation");
        assertThat(world.replicas).isEqualTo(3);
        assertThat(end()).isEqualTo(OperationState.SUCCEEDED);
        keepHistory("scale", "succeeds");
        keepHistory("scale", "succeeds-for-good");
    }

    @Test
    void aScaleOfWhatDoesNotServeOnlySetsTheNumber() {
        stopped();
        scale(3, 1).join();
        assertThat(world.effects).containsExactly("resize", "finishOperation");
        assertThat(world.replicas).isEqualTo(3);
        keepHistory("scale", "of-a-stopped-service");
    }

    @Test
    void aScaleThatDoesNotGetHealthyGoesBackToTheNumberBefore() {
        world.fails("awaitHealthy", FailureCode.NO_CAPACITY);
        scale(3, 1).join();
        assertThat(world.replicas).isEqualTo(1);
        assertThat(end()).isEqualTo(OperationState.FAILED);
        assertThat(world.failures.get(operation.operationId()).code()).isEqualTo(FailureCode.NO_CAPACITY);
        keepHistory("scale", "no-capacity");
    }

    @Test
    void aCancelledScaleGoesBackToTheNumberBefore() {
        Hold hold = world.holds("awaitHealthy");
        CompletableFuture<Void> running = scale(3, 1);
        hold.awaitEntry();
        stage.workflow("scale/" + operation.operationId()).cancel();
        assertThatThrownBy(running::join).rootCause().isInstanceOf(CanceledFailure.class);
        assertThat(world.replicas).isEqualTo(1);
        assertThat(end()).isEqualTo(OperationState.CANCELLED);
        keepHistory("scale", "cancelled");
    }

    @Test
    void aDeployToAStoppedServiceIsBuiltAndKept() {
        stopped();
        DeployWorkflow.Request request = stage.deployRequest();
        DeployWorkflow workflow =
                stage.stub(DeployWorkflow.class, request.deployment().workflowId());
        DeployWorkflow.Outcome outcome = workflow.deploy(request);
        assertThat(outcome.state()).isEqualTo(DeploymentState.RETIRED);
        assertThat(world.effects).doesNotContain("createRevision", "routeTraffic");
        assertThat(world.serving).isEmpty();
        assertThat(world.kept).contains(request.deployment());
        assertThat(world.ends).containsEntry(request.operation().operationId(), OperationState.SUCCEEDED);
        stage.keepHistory("deploy", "to-a-stopped-service", request.deployment().workflowId());
    }

    @Test
    void theServicesWorkflowCarriesEachOfThemOut() {
        OperationRef scaled = stage.queue(OperationKind.SCALE).operation();
        OperationRef stop = stage.queue(OperationKind.STOP).operation();
        OperationRef start = stage.queue(OperationKind.START).operation();
        OperationRef restart = stage.queue(OperationKind.RESTART).operation();
        stage.wake();
        stage.awaitEnd(restart);
        stage.awaitIdle();
        assertThat(world.ends.values()).containsOnly(OperationState.SUCCEEDED);
        assertThat(world.ends.keySet())
                .contains(scaled.operationId(), stop.operationId(), start.operationId(), restart.operationId());
        assertThat(world.replicas).isEqualTo(3);
        assertThat(world.effects).as("a restart builds nothing").doesNotContain("realiseDerivation");
        stage.keepHistory("service", "lifecycle", stage.service.workflowId());
    }

    private void stopped() {
        world.showStopped(stage.service);
        world.effects.clear();
    }

    private CompletableFuture<Void> stop() {
        var request = new StopWorkflow.Request(operation, Optional.empty());
        StopWorkflow workflow = stage.stub(StopWorkflow.class, request.workflowId());
        return WorkflowClient.execute(workflow::stop, request);
    }

    private CompletableFuture<Void> start() {
        var request = new StartWorkflow.Request(operation, Optional.empty());
        StartWorkflow workflow = stage.stub(StartWorkflow.class, request.workflowId());
        return WorkflowClient.execute(workflow::start, request);
    }

    private CompletableFuture<Void> scale(int replicas, int before) {
        var request = new ScaleWorkflow.Request(operation, new QueueActivities.Scale(replicas, before));
        ScaleWorkflow workflow = stage.stub(ScaleWorkflow.class, request.workflowId());
        return WorkflowClient.execute(workflow::scale, request);
    }

    private OperationState end() {
        return world.ends.get(operation.operationId());
    }

    private void keepHistory(String workflow, String scenario) {
        stage.keepHistory(workflow, scenario, workflow + "/" + operation.operationId());
    }
}
