package dev.berth.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationState;
import dev.berth.workflows.QueueActivities.Claim;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ServiceWorkflowTests {
    private final World world = new World();
    private final Stage stage = new Stage(world);

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void worksTheQueueOffInOrderAndEnds() {
        Claim first = stage.queue(OperationKind.DEPLOY);
        Claim second = stage.queue(OperationKind.ROLLBACK);
        Claim third = stage.queue(OperationKind.DELETE);
        stage.wake();
        stage.awaitIdle();
        assertThat(ends(first, second, third)).containsOnly(OperationState.SUCCEEDED);
        assertThat(world.effects)
                .containsSubsequence(
                        "createRevision", "finishOperation", "reviveRevision", "removeRoute", "forgetService");
        stage.keepHistory("service", "three-operations", stage.service.workflowId());
        stage.keepHistory(
                "rollback", "after-a-soak", "rollback/" + second.operation().operationId());
        stage.keepHistory(
                "delete", "after-a-soak", "delete/" + third.operation().operationId());
    }

    @Test
    void endsAtOnceWhenNothingIsQueued() {
        stage.wake();
        stage.awaitIdle();
        assertThat(world.effects).contains("claimNext").containsOnly("claimNext");
        stage.keepHistory("service", "idle", stage.service.workflowId());
    }

    @Test
    void goesOnToTheNextOperationWhileTheLastOneSoaksAndEndsTheSoakBeforeItTakesTheTraffic() {
        Hold soak = world.holds("watchSoak");
        Claim first = stage.queue(OperationKind.DEPLOY);
        stage.wake();
        soak.awaitEntry();
        stage.awaitIdle();
        assertThat(ends(first)).as("the operation is over").containsOnly(OperationState.SUCCEEDED);

        world.when("watchSoak", () -> {});
        Claim second = stage.queue(OperationKind.DEPLOY);
        stage.wake();
        stage.awaitEnd(second.operation());
        awaitClosed(first);
        awaitClosed(second);
        assertThat(world.proven)
                .containsExactly(second.deployment().orElseThrow().deploymentId());
        assertThat(world.serving).isEqualTo(second.deployment().map(DeploymentRef::deploymentId));
        assertThat(world.effects).containsSubsequence("awaitHealthy", "awaitHealthy", "awaitWorkflow", "routeTraffic");
        stage.keepHistory("service", "second-run", stage.service.workflowId());
        stage.keepHistory("deploy", "after-a-soak", deploymentId(second));
    }

    @Test
    void leavesTheSoakAloneWhenTheNewerDeploymentNeverGetsHealthy() {
        Hold soak = world.holds("watchSoak");
        Claim first = stage.queue(OperationKind.DEPLOY);
        stage.wake();
        soak.awaitEntry();
        world.fails("awaitHealthy", FailureCode.NEVER_HEALTHY);
        Claim second = stage.queue(OperationKind.DEPLOY);
        stage.wake();
        stage.awaitEnd(second.operation());
        soak.release();
        awaitClosed(first);
        assertThat(ends(second)).containsOnly(OperationState.FAILED);
        assertThat(world.proven)
                .containsExactly(first.deployment().orElseThrow().deploymentId());
        assertThat(world.serving).isEqualTo(first.deployment().map(DeploymentRef::deploymentId));
    }

    @Test
    void losesNoWakeUpThatComesWhileItLooks() {
        AtomicBoolean looked = new AtomicBoolean();
        world.when("claimNext", () -> {
            // After the first look found nothing, and before its answer has reached the workflow.
            if (looked.compareAndSet(false, true)) {
                stage.wake();
            }
        });
        stage.wake();
        stage.awaitIdle();
        assertThat(world.effects).hasSizeGreaterThan(1).containsOnly("claimNext");
    }

    @Test
    void losesNoWakeUpHoweverLateItComes() {
        for (int i = 0; i < 15; i++) {
            Claim claim = stage.queue(OperationKind.DELETE);
            stage.wake();
            stage.awaitEnd(claim.operation());
        }
        assertThat(world.ends).hasSize(15);
    }

    @Test
    void awaitsADeploymentThatALostRunStarted() {
        Claim claim = stage.queue(OperationKind.DEPLOY);
        Hold hold = world.holds("awaitHealthy");
        stage.wake();
        hold.awaitEntry();
        stage.workflow(stage.service.workflowId()).terminate("lost");

        stage.wake();
        // The run before never waited for a workflow: this one has found the deployment's.
        stage.awaitEffect("awaitWorkflow");
        hold.release();
        stage.awaitEnd(claim.operation());
        stage.awaitIdle();
        assertThat(ends(claim)).containsOnly(OperationState.SUCCEEDED);
        assertThat(world.effects).containsOnlyOnce("createRevision").containsOnlyOnce("routeTraffic");
        stage.keepHistory("service", "found-started", stage.service.workflowId());
    }

    @Test
    void carriesAnOperationOutOnceMoreWhoseWorkflowIsGone() {
        Claim claim = stage.queue(OperationKind.DEPLOY);
        Hold hold = world.holds("awaitHealthy");
        stage.wake();
        hold.awaitEntry();
        stage.workflow(stage.service.workflowId()).terminate("lost");
        stage.workflow(deploymentId(claim)).terminate("lost");
        world.when("awaitHealthy", () -> {});

        stage.wake();
        stage.awaitIdle();
        assertThat(ends(claim)).containsOnly(OperationState.SUCCEEDED);
    }

    @Test
    void clearsUpAfterADeploymentWhoseWorkflowFailed() {
        Claim claim = stage.queue(OperationKind.DEPLOY);
        world.fails("awaitHealthy", FailureCode.NEVER_HEALTHY);
        AtomicBoolean failed = new AtomicBoolean();
        world.when("withdraw", () -> {
            if (failed.compareAndSet(false, true)) {
                throw ApplicationFailure.newNonRetryableFailure("a fault in the compensation", "Fault");
            }
        });
        stage.wake();
        stage.awaitIdle();
        assertThat(ends(claim)).containsOnly(OperationState.FAILED);
        assertThat(world.failures.get(claim.operation().operationId()).code()).isEqualTo(FailureCode.PLATFORM);
        assertThat(state(claim)).isEqualTo(DeploymentState.FAILED);
        stage.keepHistory("service", "child-failed-settled-by-traffic", stage.service.workflowId());
    }

    @Test
    void repairsWhatServesAndEndsTheSoakThatGoesOn() {
        Hold soak = world.holds("watchSoak");
        Claim deploy = stage.queue(OperationKind.DEPLOY);
        stage.wake();
        soak.awaitEntry();
        stage.awaitIdle();
        world.when("watchSoak", () -> {});
        Claim repair = new Claim(
                stage.newOperation(),
                OperationKind.REPAIR,
                deploy.deployment(),
                Optional.empty(),
                Optional.empty(),
                null);
        world.enqueue(repair);
        stage.wake();
        stage.awaitEnd(repair.operation());
        assertThat(ends(repair)).containsOnly(OperationState.SUCCEEDED);
        assertThat(world.effects)
                .containsSubsequence("awaitWorkflow", "reviveRevision", "awaitHealthy", "routeTraffic");
        stage.workflow("repair/" + repair.operation().operationId()).getResult(Void.class);
        assertThat(world.proven)
                .containsExactly(repair.deployment().orElseThrow().deploymentId());
        stage.keepHistory("service", "repair", stage.service.workflowId());
        stage.keepHistory(
                "repair", "after-a-soak", "repair/" + repair.operation().operationId());
    }

    @Test
    void goesOnAfterADeploymentThatWasCancelled() {
        Claim first = stage.queue(OperationKind.DEPLOY);
        Claim second = stage.queue(OperationKind.DELETE);
        Hold hold = world.holds("awaitHealthy");
        stage.wake();
        hold.awaitEntry();
        stage.workflow(deploymentId(first)).cancel();
        stage.awaitIdle();
        assertThat(ends(first)).containsOnly(OperationState.CANCELLED);
        assertThat(ends(second)).containsOnly(OperationState.SUCCEEDED);
    }

    @Test
    void cancelsWhatItCarriesOutWhenItIsCancelledItself() {
        Claim claim = stage.queue(OperationKind.DEPLOY);
        Hold hold = world.holds("awaitHealthy");
        stage.wake();
        hold.awaitEntry();
        stage.workflow(stage.service.workflowId()).cancel();
        assertThatThrownBy(stage::awaitIdle).rootCause().isInstanceOf(CanceledFailure.class);
        assertThat(ends(claim)).containsOnly(OperationState.CANCELLED);
        assertThat(state(claim)).isEqualTo(DeploymentState.CANCELLED);
        stage.keepHistory("service", "cancelled", stage.service.workflowId());
    }

    @Test
    void goesOnWithANewWorkerWhereTheOldOneStopped() {
        Claim claim = stage.queue(OperationKind.DEPLOY);
        Hold hold = world.holds("realiseDerivation");
        stage.wake();
        hold.awaitEntry();
        world.when("realiseDerivation", () -> {});
        stage.replaceWorkers();
        stage.awaitIdle();
        assertThat(ends(claim)).containsOnly(OperationState.SUCCEEDED);
        assertThat(world.effects).containsOnlyOnce("fetchSource").containsOnlyOnce("createRevision");
    }

    @Test
    void rebuildsWhereAnEarlierBuildIsThereAndADeployWouldTakeIt() {
        world.earlierImage = Optional.of(World.IMAGE);
        stage.queue(OperationKind.REBUILD);
        stage.wake();
        stage.awaitIdle();
        assertThat(world.effects).contains("realiseDerivation");
    }

    private void awaitClosed(Claim claim) {
        WorkflowClient client = stage.client();
        client.newUntypedWorkflowStub(deploymentId(claim)).getResult(DeployWorkflow.Outcome.class);
    }

    private static String deploymentId(Claim claim) {
        return claim.deployment().orElseThrow().workflowId();
    }

    private DeploymentState state(Claim claim) {
        return world.states.get(claim.deployment().orElseThrow().deploymentId());
    }

    private List<OperationState> ends(Claim... claims) {
        return Arrays.stream(claims)
                .map(claim -> world.ends.get(claim.operation().operationId()))
                .toList();
    }
}
