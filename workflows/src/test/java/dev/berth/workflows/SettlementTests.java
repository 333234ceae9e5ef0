package dev.berth.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationState;
import dev.berth.workflows.QueueActivities.Claim;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The workflow of an operation is ended by a fault in its own undo: the operation gets the end that is true. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SettlementTests {
    private final World world = new World();
    private final Stage stage = new Stage(world);
    private final DeploymentRef before = stage.provenDeployment();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aDeploymentThatHasTheTrafficIsSeenThrough() {
        world.faults("routeTraffic", 1).faults("routeBack", 1);
        Claim deploy = workOff(stage.queue(OperationKind.DEPLOY));
        assertThat(end(deploy)).isEqualTo(OperationState.SUCCEEDED);
        assertThat(world.effects).doesNotContain("withdraw");
        keepHistory("settles-deploy-with-traffic");
    }

    @Test
    void aRollBackThatHasTheTrafficIsSeenThrough() {
        world.faults("routeTraffic", 1).faults("routeBack", 1);
        Claim rollback = workOff(stage.queue(OperationKind.ROLLBACK));
        assertThat(end(rollback)).isEqualTo(OperationState.SUCCEEDED);
        assertThat(world.serving).isEqualTo(rollback.deployment().map(DeploymentRef::deploymentId));
        keepHistory("settles-rollback-with-traffic");
    }

    @Test
    void theTargetOfARollBackThatHasNoTrafficIsPutToRest() {
        world.fails("awaitHealthy", FailureCode.NEVER_HEALTHY).faults("releaseRevision", 1);
        Claim rollback = workOff(stage.queue(OperationKind.ROLLBACK));
        assertThat(end(rollback)).isEqualTo(OperationState.FAILED);
        assertThat(world.effects).endsWith("hasTraffic", "releaseRevision", "finishOperation", "claimNext");
        assertThat(world.serving).contains(before.deploymentId());
        keepHistory("settles-rollback");
    }

    /** The route is written; that it was seen live is not. */
    @Test
    void aStartThatHasTheTrafficIsSeenThrough() {
        world.showStopped(stage.service);
        world.faults("routeTraffic", 1).faults("showStopped", 1);
        Claim start = workOff(stage.queue(OperationKind.START));
        assertThat(end(start)).isEqualTo(OperationState.SUCCEEDED);
        assertThat(world.effects)
                .endsWith("chooseForStart", "hasTraffic", "routeTraffic", "finishOperation", "claimNext");
        assertThat(world.states).containsEntry(before.deploymentId(), DeploymentState.RUNNING);
        keepHistory("settles-start-with-traffic");
    }

    @Test
    void aStartThatHasNoTrafficGoesBackToItsStoppedPage() {
        world.showStopped(stage.service);
        world.fails("awaitHealthy", FailureCode.NEVER_HEALTHY).faults("showStopped", 1);
        Claim start = workOff(stage.queue(OperationKind.START));
        assertThat(end(start)).isEqualTo(OperationState.FAILED);
        assertThat(world.effects)
                .endsWith("hasTraffic", "showStopped", "stopRevisions", "finishOperation", "claimNext");
        assertThat(world.serving).isEmpty();
        keepHistory("settles-start");
    }

    @Test
    void aStartOfNothingGoesBackToItsStoppedPage() {
        world.showStopped(stage.service);
        world.fails("chooseForStart", FailureCode.NOTHING_RETAINED).faults("finishOperation", 1);
        Claim start = workOff(stage.queue(OperationKind.START));
        assertThat(end(start)).isEqualTo(OperationState.FAILED);
        assertThat(world.effects).endsWith("showStopped", "stopRevisions", "finishOperation", "claimNext");
        keepHistory("settles-start-of-nothing");
    }

    /** Its rows could not be asked for a quarter of an hour: that says nothing about what serves. */
    @Test
    void aStartIsNotStoppedWhereNobodyCanSayWhetherItServes() {
        AtomicInteger asked = new AtomicInteger();
        world.when("chooseForStart", () -> {
            if (asked.incrementAndGet() == 2) {
                throw ApplicationFailure.newNonRetryableFailure("the database is away", "Fault");
            }
        });
        // The start has done its work and cannot say so.
        world.faults("finishOperation", 2);
        Claim start = stage.queue(OperationKind.START);
        stage.wake();
        assertThatThrownBy(stage::awaitIdle).isInstanceOf(WorkflowFailedException.class);
        assertThat(world.effects).doesNotContain("showStopped", "stopRevisions");
        keepHistory("settles-start-later");

        workOff(start);
        assertThat(end(start)).isEqualTo(OperationState.SUCCEEDED);
        assertThat(world.serving).contains(before.deploymentId());
    }

    @Test
    void aStopIsCarriedThrough() {
        world.faults("finishOperation", 2);
        Claim stop = workOff(stage.queue(OperationKind.STOP));
        assertThat(end(stop)).isEqualTo(OperationState.SUCCEEDED);
        assertThat(world.effects).endsWith("showStopped", "stopRevisions", "finishOperation", "claimNext");
        keepHistory("settles-stop");
    }

    @Test
    void aScaleGoesBackToTheNumberBefore() {
        AtomicInteger resized = new AtomicInteger();
        world.fails("awaitHealthy", FailureCode.NO_CAPACITY).when("resize", () -> {
            if (resized.incrementAndGet() == 2) {
                throw ApplicationFailure.newNonRetryableFailure("a fault in the undo", "Fault");
            }
        });
        Claim scale = workOff(stage.queue(OperationKind.SCALE));
        assertThat(end(scale)).isEqualTo(OperationState.FAILED);
        assertThat(world.replicas).isEqualTo(1);
        keepHistory("settles-scale");
    }

    @Test
    void aRepairFailsAndTakesNothingAway() {
        world.fails("awaitHealthy", FailureCode.CRASHED_ON_START).faults("finishOperation", 1);
        Claim repair = new Claim(
                stage.newOperation(),
                OperationKind.REPAIR,
                Optional.of(before),
                Optional.empty(),
                Optional.empty(),
                null);
        world.enqueue(repair);
        workOff(repair);
        assertThat(end(repair)).isEqualTo(OperationState.FAILED);
        assertThat(world.serving).contains(before.deploymentId());
        keepHistory("settles-repair");
    }

    @Test
    void aDeleteFailsAndCanBeAskedAgain() {
        world.fails("removeRevisions", FailureCode.PLATFORM).faults("finishOperation", 1);
        Claim delete = workOff(stage.queue(OperationKind.DELETE));
        assertThat(end(delete)).isEqualTo(OperationState.FAILED);
        assertThat(world.effects).doesNotContain("forgetService");
        keepHistory("settles-delete");
    }

    private Claim workOff(Claim claim) {
        stage.wake();
        stage.awaitIdle();
        return claim;
    }

    private OperationState end(Claim claim) {
        return world.ends.get(claim.operation().operationId());
    }

    private void keepHistory(String scenario) {
        stage.keepHistory("service", scenario, stage.service.workflowId());
    }
}
