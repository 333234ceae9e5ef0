package dev.berth.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationState;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.CanceledFailure;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The release command on the way to the traffic. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ReleaseWorkflowTests {
    private final World world = new World();
    private final Stage stage = new Stage(world);
    private final DeployWorkflow.Request request = stage.deployRequest();

    @BeforeEach
    void aCommandIsDue() {
        world.releases = true;
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void runsBeforeAnythingOfTheNewVersionIsStarted() {
        assertThat(deploy().join().state()).isEqualTo(DeploymentState.RUNNING);
        assertThat(world.effects).containsSubsequence("adoptImage", "admit", "runRelease", "createRevision");
        keep("releases");
    }

    @Test
    void itsFailureEndsTheDeploymentBeforeAnythingIsStarted() {
        DeploymentRef before = stage.provenDeployment();
        world.fails("runRelease", FailureCode.RELEASE_FAILED);
        assertThat(deploy().join()).isEqualTo(new DeployWorkflow.Outcome(DeploymentState.FAILED, "runRelease failed"));
        assertThat(world.effects).endsWith("withdraw", "finishOperation").doesNotContain("createRevision");
        assertThat(world.serving).contains(before.deploymentId());
        assertThat(world.failures.get(request.deployment().deploymentId()).code())
                .isEqualTo(FailureCode.RELEASE_FAILED);
        keep("release-fails");
    }

    @Test
    void aCancelEndsIt() {
        Hold command = world.holds("runRelease");
        CompletableFuture<DeployWorkflow.Outcome> running = deploy();
        command.awaitEntry();
        stage.workflow(request.deployment().workflowId()).cancel();
        assertThatThrownBy(running::join).hasRootCauseInstanceOf(CanceledFailure.class);
        assertThat(world.states.get(request.deployment().deploymentId())).isEqualTo(DeploymentState.CANCELLED);
        assertThat(world.effects).endsWith("withdraw", "finishOperation").doesNotContain("createRevision");
        assertThat(world.ends.get(request.operation().operationId())).isEqualTo(OperationState.CANCELLED);
        keep("cancelled-in-release");
    }

    @Test
    void whatWasKeptForAStartRunsItThen() {
        world.stopped = true;
        assertThat(deploy().join().state()).isEqualTo(DeploymentState.RETIRED);
        assertThat(world.effects).as("a push starts nothing").doesNotContain("runRelease");
        QueueActivities.Claim start = stage.queue(OperationKind.START);
        String id = "start/" + start.operation().operationId();
        stage.stub(StartWorkflow.class, id).start(new StartWorkflow.Request(start.operation(), Optional.empty()));
        assertThat(world.effects).containsSubsequence("admit", "runRelease", "reviveRevision", "routeTraffic");
        assertThat(world.ends.get(start.operation().operationId())).isEqualTo(OperationState.SUCCEEDED);
        stage.keepHistory("start", "releases", id);
    }

    private CompletableFuture<DeployWorkflow.Outcome> deploy() {
        return WorkflowClient.execute(
                stage.stub(DeployWorkflow.class, request.deployment().workflowId())::deploy, request);
    }

    private void keep(String scenario) {
        stage.keepHistory("deploy", scenario, request.deployment().workflowId());
    }
}
