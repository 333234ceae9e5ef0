package dev.berth.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.CanceledFailure;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cancel that comes while the end of an operation is being written: an operation that succeeded is not undone. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CancelledTooLateTests {
    private final World world = new World();
    private final Stage stage = new Stage(world);
    private final DeploymentRef serving = stage.provenDeployment();
    private final OperationRef operation = stage.newOperation();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aStartHasStarted() {
        world.showStopped(stage.service);
        world.effects.clear();
        cancelWhile("finishOperation", start());
        stage.keepHistory("start", "cancelled-too-late", "start/" + operation.operationId());
        assertThat(world.effects).endsWith("routeTraffic", "finishOperation");
        assertThat(world.serving).contains(serving.deploymentId());
        assertThat(end()).isEqualTo(OperationState.SUCCEEDED);
    }

    @Test
    void aRollBackHasMovedTheTraffic() {
        world.warm = true;
        DeploymentRef target = stage.newDeployment();
        cancelWhile("finishOperation", rollBack(target));
        stage.keepHistory("rollback", "cancelled-too-late", "rollback/" + operation.operationId());
        assertThat(world.effects).endsWith("routeIfWarm", "finishOperation", "retirePredecessors");
        assertThat(world.serving).contains(target.deploymentId());
        assertThat(end()).isEqualTo(OperationState.SUCCEEDED);
    }

    @Test
    void aScaleHasScaled() {
        cancelWhile("finishOperation", scale());
        stage.keepHistory("scale", "cancelled-too-late", "scale/" + operation.operationId());
        assertThat(world.replicas).isEqualTo(3);
        assertThat(end()).isEqualTo(OperationState.SUCCEEDED);
    }

    @Test
    void aRepairHasRepaired() {
        cancelWhile("finishOperation", repair());
        stage.keepHistory("repair", "cancelled-too-late", "repair/" + operation.operationId());
        assertThat(world.effects).endsWith("routeTraffic", "finishOperation");
        assertThat(end()).isEqualTo(OperationState.SUCCEEDED);
    }

    @Test
    void aDeleteHasDeleted() {
        cancelWhile("forgetService", delete());
        stage.keepHistory("delete", "cancelled-too-late", "delete/" + operation.operationId());
        assertThat(world.effects).endsWith("forgetService", "finishOperation");
        assertThat(end()).as("nothing of the service is left").isEqualTo(OperationState.SUCCEEDED);
    }

    /** Its soak is the time in which a deployment that succeeded may be given up still. */
    @Test
    void aDeploymentIsRolledBackAsInItsSoak() {
        DeploymentRef deployment = stage.newDeployment();
        cancelWhile("finishOperation", deploy(deployment));
        stage.keepHistory("deploy", "cancelled-too-late", deployment.workflowId());
        assertThat(world.effects).endsWith("finishOperation", "routeBack", "withdraw", "finishOperation");
        assertThat(world.serving).contains(serving.deploymentId());
        assertThat(world.states).containsEntry(deployment.deploymentId(), DeploymentState.ROLLED_BACK);
        assertThat(end()).as("the first end stands").isEqualTo(OperationState.SUCCEEDED);
    }

    @Test
    void aCancelThatComesJustBeforeEndsARepair() {
        cancelIn("routeTraffic", repair());
        stage.keepHistory("repair", "cancelled", "repair/" + operation.operationId());
        assertThat(end()).isEqualTo(OperationState.CANCELLED);
    }

    @Test
    void aCancelThatComesJustBeforeEndsADelete() {
        cancelIn("removeImages", delete());
        stage.keepHistory("delete", "cancelled", "delete/" + operation.operationId());
        assertThat(world.effects).doesNotContain("forgetService");
        assertThat(end()).isEqualTo(OperationState.CANCELLED);
    }

    private record Running(String workflowId, Runnable begin) {}

    private Running start() {
        var request = new StartWorkflow.Request(operation, Optional.empty());
        StartWorkflow workflow = stage.stub(StartWorkflow.class, request.workflowId());
        return new Running(request.workflowId(), () -> WorkflowClient.start(workflow::start, request));
    }

    private Running rollBack(DeploymentRef target) {
        var request = new RollbackWorkflow.Request(operation, target, Optional.empty());
        RollbackWorkflow workflow = stage.stub(RollbackWorkflow.class, request.workflowId());
        return new Running(request.workflowId(), () -> WorkflowClient.start(workflow::rollBack, request));
    }

    private Running scale() {
        var request = new ScaleWorkflow.Request(operation, new QueueActivities.Scale(3, 1));
        ScaleWorkflow workflow = stage.stub(ScaleWorkflow.class, request.workflowId());
        return new Running(request.workflowId(), () -> WorkflowClient.start(workflow::scale, request));
    }

    private Running repair() {
        var request = new RepairWorkflow.Request(operation, serving, Optional.empty());
        RepairWorkflow workflow = stage.stub(RepairWorkflow.class, request.workflowId());
        return new Running(request.workflowId(), () -> WorkflowClient.start(workflow::repair, request));
    }

    private Running delete() {
        var request = new DeleteWorkflow.Request(operation, Optional.empty());
        DeleteWorkflow workflow = stage.stub(DeleteWorkflow.class, request.workflowId());
        return new Running(request.workflowId(), () -> WorkflowClient.start(workflow::delete, request));
    }

    private Running deploy(DeploymentRef deployment) {
        var request = new DeployWorkflow.Request(
                operation, deployment, Optional.empty(), BuildWorkflow.Reuse.EARLIER_BUILD, Optional.empty());
        DeployWorkflow workflow = stage.stub(DeployWorkflow.class, deployment.workflowId());
        return new Running(deployment.workflowId(), () -> WorkflowClient.start(workflow::deploy, request));
    }

    /** The step is asked to end, and ends in its own time. */
    private void cancelIn(String activity, Running running) {
        cancel(activity, running, EventType.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED);
    }

    /** The step is let be. */
    private void cancelWhile(String activity, Running running) {
        cancel(activity, running, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED);
    }

    /** Returns when the workflow is closed. */
    private void cancel(String activity, Running running, EventType heard) {
        Hold hold = world.holdsDeaf(activity);
        running.begin().run();
        hold.awaitEntry();
        stage.workflow(running.workflowId()).cancel();
        stage.awaitEvent(running.workflowId(), heard);
        hold.release();
        assertThatThrownBy(() -> stage.workflow(running.workflowId()).getResult(Void.class))
                .as("the server calls it cancelled; the rows say what it did")
                .rootCause()
                .isInstanceOf(CanceledFailure.class);
    }

    private OperationState end() {
        return world.ends.get(operation.operationId());
    }
}
