package dev.berth.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationState;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.CanceledFailure;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What changes where what serves has to end before its successor is started. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RecreateWorkflowTests {
    private final World world = new World();
    private final Stage stage = new Stage(world);
    private final DeployWorkflow.Request request = stage.deployRequest();
    private DeploymentRef before = request.deployment();

    @BeforeEach
    void serveAnother() {
        before = stage.provenDeployment();
        world.recreate = true;
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void endsTheSoakOfWhatServesBeforeItCreatesAnything() {
        Hold soak = world.holds("watchSoak");
        CompletableFuture<DeployWorkflow.Outcome> earlier = start(request);
        soak.awaitEntry();
        DeployWorkflow.Request next = new DeployWorkflow.Request(
                stage.newOperation(),
                stage.newDeployment(),
                Optional.empty(),
                request.reuse(),
                Optional.of(request.deployment().workflowId()));
        world.when("createRevision", () -> assertThat(earlier).isCompleted());
        world.when("watchSoak", () -> {});
        assertThat(start(next).join().state()).isEqualTo(DeploymentState.RUNNING);
        assertThat(world.effects)
                .containsSubsequence("awaitWorkflow", "createRevision", "awaitHealthy", "routeTraffic", "prove");
        stage.keepHistory("deploy", "recreate", next.deployment().workflowId());
    }

    @Test
    void startsAgainWhatItEndedWhereTheNewOneIsNeverHealthy() {
        world.fails("awaitHealthy", FailureCode.NEVER_HEALTHY);
        assertThat(start(request).join().state()).isEqualTo(DeploymentState.FAILED);
        assertLeftToTheOther();
        assertThat(end()).isEqualTo(OperationState.FAILED);
        stage.keepHistory(
                "deploy", "recreate-never-healthy", request.deployment().workflowId());
    }

    @Test
    void startsAgainWhatItEndedWhereSomebodyCancelsIt() {
        Hold coming = world.holds("awaitHealthy");
        CompletableFuture<DeployWorkflow.Outcome> running = start(request);
        coming.awaitEntry();
        stage.workflow(request.deployment().workflowId()).cancel();
        assertThatThrownBy(running::join).rootCause().isInstanceOf(CanceledFailure.class);
        assertLeftToTheOther();
        assertThat(end()).isEqualTo(OperationState.CANCELLED);
        stage.keepHistory("deploy", "recreate-cancelled", request.deployment().workflowId());
    }

    @Test
    void aRollBackEndsWhatServesBeforeItMovesTheTraffic() {
        RollbackWorkflow.Request back =
                new RollbackWorkflow.Request(stage.newOperation(), stage.newDeployment(), Optional.empty());
        RollbackWorkflow workflow = stage.stub(RollbackWorkflow.class, back.workflowId());
        WorkflowClient.execute(workflow::rollBack, back).join();
        assertThat(world.effects)
                .containsExactly(
                        "admit",
                        "reviveRevision",
                        "awaitHealthy",
                        "routeTraffic",
                        "finishOperation",
                        "retirePredecessors");
        assertThat(world.serving).contains(back.target().deploymentId());
        assertThat(world.ends.get(back.operation().operationId())).isEqualTo(OperationState.SUCCEEDED);
        stage.keepHistory("rollback", "recreate", back.workflowId());
    }

    @Test
    void aRollBackStartsAgainWhatItEndedBeforeItLetsGoOfItsTarget() {
        world.fails("awaitHealthy", FailureCode.NEVER_HEALTHY);
        RollbackWorkflow.Request back =
                new RollbackWorkflow.Request(stage.newOperation(), stage.newDeployment(), Optional.empty());
        RollbackWorkflow workflow = stage.stub(RollbackWorkflow.class, back.workflowId());
        WorkflowClient.execute(workflow::rollBack, back).join();
        assertThat(world.effects).containsSubsequence("reviveRevision", "routeBack", "releaseRevision");
        assertThat(world.serving).contains(before.deploymentId());
        assertThat(world.ends.get(back.operation().operationId())).isEqualTo(OperationState.FAILED);
        stage.keepHistory("rollback", "recreate-never-healthy", back.workflowId());
    }

    private CompletableFuture<DeployWorkflow.Outcome> start(DeployWorkflow.Request asked) {
        DeployWorkflow workflow =
                stage.stub(DeployWorkflow.class, asked.deployment().workflowId());
        return WorkflowClient.execute(workflow::deploy, asked);
    }

    private void assertLeftToTheOther() {
        assertThat(world.serving).contains(before.deploymentId());
        assertThat(world.effects)
                .containsSubsequence("createRevision", "routeBack", "withdraw", "finishOperation")
                .doesNotContain("routeTraffic");
    }

    private OperationState end() {
        return world.ends.get(request.operation().operationId());
    }
}
