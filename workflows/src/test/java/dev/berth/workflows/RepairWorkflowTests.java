package dev.berth.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationState;
import io.temporal.client.WorkflowClient;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RepairWorkflowTests {
    private final World world = new World();
    private final Stage stage = new Stage(world);
    private final DeploymentRef serving = stage.provenDeployment();
    private final RepairWorkflow.Request request =
            new RepairWorkflow.Request(stage.newOperation(), serving, Optional.empty());

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void bringsBackWhatServesThenProvesItAndRetiresTheOthers() {
        start().join();
        assertThat(world.effects)
                .containsExactly(
                        "admit",
                        "reviveRevision",
                        "awaitHealthy",
                        "routeTraffic",
                        "finishOperation",
                        "watchSoak",
                        "prove",
                        "retirePredecessors");
        assertThat(operationEnd()).isEqualTo(OperationState.SUCCEEDED);
        stage.keepHistory("repair", "succeeds", request.workflowId());
        stage.keepHistory("repair", "succeeds-for-good", request.workflowId());
    }

    @Test
    void takesNothingAwayWhereItCannotBeBroughtBack() {
        world.fails("awaitHealthy", FailureCode.CRASHED_ON_START);
        start().join();
        assertThat(world.effects).containsExactly("admit", "reviveRevision", "finishOperation");
        assertThat(operationEnd()).isEqualTo(OperationState.FAILED);
        assertThat(world.serving).contains(serving.deploymentId());
        stage.keepHistory("repair", "never-healthy", request.workflowId());
    }

    @Test
    void leavesUnprovenWhatCrashesInWhatIsLeftOfItsSoak() {
        world.fails("watchSoak", FailureCode.CRASHED_IN_SOAK);
        world.proven.clear();
        start().join();
        assertThat(world.effects)
                .endsWith("finishOperation")
                .doesNotContain("prove", "retirePredecessors", "routeBack");
        assertThat(operationEnd()).isEqualTo(OperationState.SUCCEEDED);
        stage.keepHistory("repair", "crashed", request.workflowId());
    }

    @Test
    void givesWayToANewerOperationInItsSoak() {
        Hold hold = world.holds("watchSoak");
        CompletableFuture<Void> running = start();
        hold.awaitEntry();
        stage.workflow(request.workflowId()).signal("endSoak");
        running.join();
        assertThat(world.effects).endsWith("finishOperation");
        stage.keepHistory("repair", "soak-ended", request.workflowId());
    }

    private CompletableFuture<Void> start() {
        RepairWorkflow workflow = stage.stub(RepairWorkflow.class, request.workflowId());
        return WorkflowClient.execute(workflow::repair, request);
    }

    private OperationState operationEnd() {
        return world.ends.get(request.operation().operationId());
    }
}
