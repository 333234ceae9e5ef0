package dev.berth.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationState;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.CanceledFailure;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RollbackWorkflowTests {
    private final World world = new World();
    private final Stage stage = new Stage(world);
    private final DeploymentRef before = stage.provenDeployment();
    private final RollbackWorkflow.Request request =
            new RollbackWorkflow.Request(stage.newOperation(), stage.newDeployment(), Optional.empty());

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void putsTheTrafficOnTheTargetAndRetiresTheOtherAfterItsDrain() {
        start().join();
        assertThat(world.effects)
                .containsExactly(
                        "admit",
                        "routeIfWarm",
                        "reviveRevision",
                        "awaitHealthy",
                        "routeTraffic",
                        "finishOperation",
                        "retirePredecessors");
        assertThat(world.serving).contains(request.target().deploymentId());
        assertThat(operationEnd()).isEqualTo(OperationState.SUCCEEDED);
        keepHistory("cold");
    }

    @Test
    void movesTheTrafficAtOnceToATargetThatIsWarm() {
        world.warm = true;
        start().join();
        assertThat(world.effects).containsExactly("admit", "routeIfWarm", "finishOperation", "retirePredecessors");
        assertThat(world.serving).contains(request.target().deploymentId());
        keepHistory("warm-at-once");
        keepHistory("succeeds-for-good");
    }

    @Test
    void leavesWhatServesAloneWhenTheTargetDoesNotGetHealthy() {
        world.fails("awaitHealthy", FailureCode.NEVER_HEALTHY);
        start().join();
        assertThat(world.effects).endsWith("reviveRevision", "releaseRevision", "finishOperation");
        assertThat(world.serving).contains(before.deploymentId());
        assertThat(operationEnd()).isEqualTo(OperationState.FAILED);
        keepHistory("cold-never-healthy");
    }

    @Test
    void putsTheTrafficBackWhenTheEdgeDoesNotServeTheTarget() {
        world.fails("routeTraffic", FailureCode.ROUTE_NOT_SERVED);
        start().join();
        assertThat(world.effects).endsWith("routeBack", "releaseRevision", "finishOperation");
        assertThat(world.serving).contains(before.deploymentId());
        keepHistory("route-not-served");
    }

    @Test
    void putsTheTrafficBackWhereNobodyCanSayWhetherItWasMoved() {
        world.warm = true;
        world.fails("routeIfWarm", FailureCode.ROUTE_NOT_SERVED);
        start().join();
        assertThat(world.effects).containsExactly("admit", "routeBack", "releaseRevision", "finishOperation");
        assertThat(world.serving).contains(before.deploymentId());
        keepHistory("warm-not-served");
    }

    @Test
    void leavesWhatServesAloneWhenItIsCancelled() {
        Hold hold = world.holds("awaitHealthy");
        CompletableFuture<Void> running = start();
        hold.awaitEntry();
        stage.workflow(request.workflowId()).cancel();
        assertThatThrownBy(running::join).rootCause().isInstanceOf(CanceledFailure.class);
        assertThat(world.serving).contains(before.deploymentId());
        assertThat(operationEnd()).isEqualTo(OperationState.CANCELLED);
        keepHistory("cancelled");
    }

    @Test
    void goesBackToWhatServedInItsSoakWhenTheEdgeDoesNotServeTheTarget() {
        DeploymentRef soaking = serveUnproven();
        world.fails("routeTraffic", FailureCode.ROUTE_NOT_SERVED);
        start().join();
        assertThat(world.serving).as("not what was proven last").contains(soaking.deploymentId());
        assertThat(operationEnd()).isEqualTo(OperationState.FAILED);
        keepHistory("back-to-what-soaked");
    }

    @Test
    void goesBackToWhatServedInItsSoakWhenItIsCancelledAfterTheTrafficMoved() {
        DeploymentRef soaking = serveUnproven();
        world.warm = true;
        Hold hold = world.holdsDeaf("routeIfWarm");
        CompletableFuture<Void> running = start();
        hold.awaitEntry();
        cancelAndRelease(hold);
        assertThatThrownBy(running::join).rootCause().isInstanceOf(CanceledFailure.class);
        assertThat(world.effects)
                .containsExactly("admit", "routeIfWarm", "routeBack", "releaseRevision", "finishOperation");
        assertThat(world.serving).contains(soaking.deploymentId());
        assertThat(operationEnd()).isEqualTo(OperationState.CANCELLED);
        keepHistory("cancelled-after-the-traffic-moved");
    }

    @Test
    void goesBackToTheLastProvenWhereWhatSoakedHasEnded() {
        DeploymentRef soaking = serveUnproven();
        world.when("awaitHealthy", () -> world.states.put(soaking.deploymentId(), DeploymentState.ROLLED_BACK));
        world.fails("routeTraffic", FailureCode.ROUTE_NOT_SERVED);
        start().join();
        assertThat(world.serving).contains(before.deploymentId());
    }

    /** Serves in its soak, before which another was proven. */
    private DeploymentRef serveUnproven() {
        DeploymentRef soaking = stage.newDeployment();
        world.routeTraffic(soaking);
        world.effects.clear();
        return soaking;
    }

    private void cancelAndRelease(Hold hold) {
        stage.workflow(request.workflowId()).cancel();
        stage.awaitEvent(request.workflowId(), EventType.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED);
        hold.release();
    }

    private CompletableFuture<Void> start() {
        RollbackWorkflow workflow = stage.stub(RollbackWorkflow.class, request.workflowId());
        return WorkflowClient.execute(workflow::rollBack, request);
    }

    private OperationState operationEnd() {
        return world.ends.get(request.operation().operationId());
    }

    private void keepHistory(String scenario) {
        stage.keepHistory("rollback", scenario, request.workflowId());
    }
}
