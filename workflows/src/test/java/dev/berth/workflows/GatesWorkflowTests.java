package dev.berth.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationState;
import dev.berth.workflows.QueueActivities.Claim;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a deployment that is built and not to be started yet. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class GatesWorkflowTests {
    private final World world = new World();
    private final Stage stage = new Stage(world);

    @BeforeEach
    void closeTheGates() {
        world.held = true;
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void isBuiltAndThenGivenBack() {
        DeployWorkflow.Request request = stage.deployRequest();
        String id = request.deployment().workflowId();
        DeployWorkflow.Outcome outcome = stage.stub(DeployWorkflow.class, id).deploy(request);
        assertThat(outcome.state()).isEqualTo(DeploymentState.PENDING);
        assertThat(world.effects).containsSubsequence("finishBuild", "adoptImage", "admit", "giveBack");
        assertThat(world.effects).doesNotContain("createRevision", "finishOperation", "withdraw");
        stage.keepHistory("deploy", "held", id);
    }

    @Test
    void whatNobodyApprovedIsNotKeptForAStartEither() {
        world.stopped = true;
        DeployWorkflow.Request request = stage.deployRequest();
        assertThat(stage.stub(DeployWorkflow.class, request.deployment().workflowId())
                        .deploy(request)
                        .state())
                .isEqualTo(DeploymentState.PENDING);
        assertThat(world.effects).doesNotContain("keepForStart");
    }

    @Test
    void othersPassItAndItGoesOnWithoutAnotherBuildWhenItMay() {
        Claim deploy = stage.queue(OperationKind.DEPLOY);
        stage.wake();
        Awaitility.await().atMost(Stage.SOON).until(() -> !world.atGates.isEmpty());
        Claim scale = stage.queue(OperationKind.SCALE);
        stage.wake();
        stage.awaitEnd(scale.operation());
        assertThat(world.ends).doesNotContainKey(deploy.operation().operationId());

        world.openGates();
        stage.wake();
        stage.awaitEnd(deploy.operation());
        DeploymentRef deployment = deploy.deployment().orElseThrow();
        assertThat(world.ends.get(deploy.operation().operationId())).isEqualTo(OperationState.SUCCEEDED);
        assertThat(world.states.get(deployment.deploymentId())).isEqualTo(DeploymentState.RUNNING);
        assertThat(world.effects.stream().filter("finishBuild"::equals)).hasSize(1);
        stage.awaitIdle();
        stage.keepHistory("service", "held", stage.service.workflowId());
    }

    @Test
    void isWithdrawnWhereItsEndWasWantedBeforeItCouldBeHeld() {
        world.fails("giveBack", FailureCode.CANCELLED);
        DeployWorkflow.Request request = stage.deployRequest();
        String id = request.deployment().workflowId();
        assertThat(stage.stub(DeployWorkflow.class, id).deploy(request).state()).isEqualTo(DeploymentState.CANCELLED);
        assertThat(world.ends.get(request.operation().operationId())).isEqualTo(OperationState.CANCELLED);
        stage.keepHistory("deploy", "cancelled-before-held", id);
    }
}
