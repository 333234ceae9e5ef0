package dev.berth.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.DeploymentState;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationState;
import dev.berth.testkit.RealPart;
import dev.berth.workflows.QueueActivities.Claim;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Somebody ends the workflow of an operation by hand, in each of its phases: the operation gets the end that is true. On a real
 * server, since the one for tests tells no parent that its child was terminated.
 */
@RealPart("temporal")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TerminatedWorkflowTests {
    private final World world = new World();
    private final Stage stage = TestNamespace.stage(world);

    @AfterEach
    void close() {
        stage.close();
    }

    /** What served before it: nothing has to be put back, and what it made goes. */
    @Test
    void withdrawsADeploymentWhoseWorkflowWasTerminatedBeforeItHadTheTraffic() {
        Claim claim = stage.queue(OperationKind.DEPLOY);
        Hold hold = world.holds("awaitHealthy");
        stage.wake();
        hold.awaitEntry();
        stage.workflow(claim.deployment().orElseThrow().workflowId()).terminate("by hand");
        stage.awaitEnd(claim.operation());
        assertThat(ends(claim)).containsOnly(OperationState.FAILED);
        assertThat(state(claim)).isEqualTo(DeploymentState.FAILED);
    }

    @Test
    void seesADeploymentThroughWhoseWorkflowWasTerminatedWhenItHadTheTraffic() {
        Claim claim = stage.queue(OperationKind.DEPLOY);
        // The route is written; that it was seen live is not.
        Hold hold = world.holdsDeaf("routeTraffic");
        stage.wake();
        hold.awaitEntry();
        stage.workflow(claim.deployment().orElseThrow().workflowId()).terminate("by hand");
        world.when("routeTraffic", () -> {});
        stage.awaitEnd(claim.operation());
        hold.release();
        assertThat(ends(claim)).containsOnly(OperationState.SUCCEEDED);
        assertThat(state(claim)).isEqualTo(DeploymentState.RUNNING);
        assertThat(world.effects).doesNotContain("withdraw");
    }

    @Test
    void seesARollBackThroughWhoseWorkflowWasTerminatedWhenItHadTheTraffic() {
        Claim claim = stage.queue(OperationKind.ROLLBACK);
        Hold hold = world.holdsDeaf("routeTraffic");
        stage.wake();
        hold.awaitEntry();
        stage.workflow("rollback/" + claim.operation().operationId()).terminate("by hand");
        world.when("routeTraffic", () -> {});
        stage.awaitEnd(claim.operation());
        hold.release();
        assertThat(ends(claim)).containsOnly(OperationState.SUCCEEDED);
    }

    @Test
    void putsTheTargetOfARollBackToRestWhoseWorkflowWasTerminatedBeforeItHadTheTraffic() {
        Claim claim = stage.queue(OperationKind.ROLLBACK);
        Hold hold = world.holds("awaitHealthy");
        stage.wake();
        hold.awaitEntry();
        stage.workflow("rollback/" + claim.operation().operationId()).terminate("by hand");
        stage.awaitEnd(claim.operation());
        assertThat(ends(claim)).containsOnly(OperationState.FAILED);
        assertThat(world.effects).contains("releaseRevision").doesNotContain("withdraw");
    }

    @Test
    void seesAStartThroughWhoseWorkflowWasTerminatedWhenItHadTheTraffic() {
        stage.provenDeployment();
        world.showStopped(stage.service);
        Claim claim = stage.queue(OperationKind.START);
        Hold hold = world.holdsDeaf("routeTraffic");
        stage.wake();
        hold.awaitEntry();
        stage.workflow("start/" + claim.operation().operationId()).terminate("by hand");
        world.when("routeTraffic", () -> {});
        stage.awaitEnd(claim.operation());
        hold.release();
        assertThat(ends(claim)).containsOnly(OperationState.SUCCEEDED);
        assertThat(world.effects).contains("hasTraffic").containsOnlyOnce("showStopped");
    }

    @Test
    void failsADeleteWhoseWorkflowWasTerminated() {
        Claim claim = stage.queue(OperationKind.DELETE);
        Hold hold = world.holdsDeaf("removeRevisions");
        stage.wake();
        hold.awaitEntry();
        stage.workflow("delete/" + claim.operation().operationId()).terminate("by hand");
        stage.awaitEnd(claim.operation());
        hold.release();
        assertThat(ends(claim)).containsOnly(OperationState.FAILED);
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
