package dev.berth.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.store.Cancellations;
import dev.berth.store.Deployment;
import dev.berth.workflows.QueueActivities;
import dev.berth.workflows.QueueActivities.Claim;
import dev.berth.workflows.payload.Payloads;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class QueueStepsTests {
    private static final ImageDigest IMAGE = new ImageDigest("sha256:" + "a".repeat(64));
    private static final Failure FAILURE =
            Failure.of(FailureCode.NEVER_HEALTHY, "It never answered.", "Look at its log.");

    private final Tenant tenant = new Tenant();
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Payloads.plain())
                            .build())
                    .build());
    private final QueueActivities queue = new QueueSteps(tenant.source, temporal.getWorkflowClient());

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void claimsNothingFromAnEmptyQueue() {
        assertThat(queue.claimNext(tenant.service)).isEmpty();
    }

    @Test
    void claimsTheNewestDeployAndEndsThoseThatItSupersedes() {
        OperationRef older = tenant.queue(OperationKind.DEPLOY);
        OperationRef newer = tenant.queue(OperationKind.DEPLOY);
        Claim claim = claim();
        assertThat(claim.operation()).isEqualTo(newer);
        assertThat(claim.deployment()).isPresent();
        assertThat(claim.build()).isPresent();
        assertThat(claim.soaking()).isEmpty();
        assertThat(tenant.state(older)).isEqualTo(OperationState.SUPERSEDED);
        assertThat(tenant.state(newer)).isEqualTo(OperationState.RUNNING);
    }

    @Test
    void givesAgainWhatWasClaimedAndNotFinished() {
        tenant.queue(OperationKind.DEPLOY);
        assertThat(claim()).isEqualTo(claim());
    }

    @Test
    void finishesAnOperationWhoseDeploymentEndedWhileNobodyWaitedForIt() {
        OperationRef operation = tenant.queue(OperationKind.DEPLOY);
        DeploymentRef deployment = claim().deployment().orElseThrow();
        tenant.in(() -> {
            tenant.deployments.fail(deployment, DeploymentState.FAILED, FAILURE);
            return true;
        });
        assertThat(queue.claimNext(tenant.service)).isEmpty();
        assertThat(tenant.state(operation)).isEqualTo(OperationState.FAILED);
        assertThat(tenant.operation(operation).failure()).contains(FAILURE);
    }

    @Test
    void namesTheWorkflowThatMayStillSoak() {
        OperationRef deploy = tenant.queue(OperationKind.DEPLOY);
        DeploymentRef deployment = claim().deployment().orElseThrow();
        queue.finishOperation(deploy, OperationState.SUCCEEDED, Optional.empty());
        OperationRef failing = tenant.queue(OperationKind.DEPLOY);
        assertThat(claim().soaking()).contains(deployment.workflowId());
        queue.finishOperation(failing, OperationState.FAILED, Optional.of(FAILURE));
        OperationRef rollback = tenant.queue(OperationKind.ROLLBACK);
        assertThat(claim().soaking()).as("a failed one took no traffic").contains(deployment.workflowId());
        queue.finishOperation(rollback, OperationState.SUCCEEDED, Optional.empty());
        tenant.queue(OperationKind.DELETE);
        assertThat(claim().soaking()).contains("rollback/" + rollback.operationId());
    }

    @Test
    void whatIsHeldComesAgainWithoutABuildWhenAnAdminHasApprovedIt() {
        tenant.change("approval_required = true");
        OperationRef operation = tenant.queue(OperationKind.DEPLOY);
        DeploymentRef deployment = claim().deployment().orElseThrow();
        tenant.in(() -> tenant.deployments.move(deployment, DeploymentState.BUILDING));
        tenant.in(() -> {
            tenant.deployments.adoptImage(deployment, IMAGE, Optional.empty());
            return true;
        });
        queue.giveBack(operation, deployment);
        queue.giveBack(operation, deployment);
        assertThat(tenant.state(operation)).isEqualTo(OperationState.PENDING);
        assertThat(tenant.in(() -> tenant.deployments.find(deployment)).map(Deployment::status))
                .contains(DeploymentState.PENDING);
        assertThat(queue.claimNext(tenant.service)).isEmpty();

        tenant.approve(deployment);
        Claim again = claim();
        assertThat(again.operation()).isEqualTo(operation);
        assertThat(again.build()).as("it has its image").isEmpty();
    }

    @Test
    void whatIsToEndIsNotHeldButEnded() {
        tenant.change("approval_required = true");
        OperationRef operation = tenant.queue(OperationKind.DEPLOY);
        DeploymentRef deployment = claim().deployment().orElseThrow();
        tenant.in(() -> {
            new Cancellations(tenant.source).request(operation);
            return true;
        });
        assertThatThrownBy(() -> queue.giveBack(operation, deployment))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        said -> assertThat(said.getType()).isEqualTo(FailureCode.CANCELLED.name()));
        assertThat(tenant.state(operation)).isEqualTo(OperationState.RUNNING);
        queue.finishOperation(operation, OperationState.CANCELLED, Optional.empty());
        queue.giveBack(operation, deployment);
        assertThat(tenant.state(operation)).isEqualTo(OperationState.CANCELLED);
    }

    @Test
    void letsTheFirstEndStand() {
        OperationRef operation = tenant.queue(OperationKind.DEPLOY);
        claim();
        queue.finishOperation(operation, OperationState.SUCCEEDED, Optional.empty());
        queue.finishOperation(operation, OperationState.FAILED, Optional.of(FAILURE));
        assertThat(tenant.state(operation)).isEqualTo(OperationState.SUCCEEDED);
    }

    @Test
    void awaitsTheEndOfAWorkflowAndNotOneThatIsUnknown() {
        Worker worker = temporal.newWorker("waiting");
        worker.registerWorkflowImplementationTypes(AwaitingWorkflow.class, GateWorkflow.class);
        worker.registerActivitiesImplementations(new Relay(queue, tenant));
        temporal.start();
        WorkflowClient client = temporal.getWorkflowClient();
        Gate gate = client.newWorkflowStub(Gate.class, options("gate"));
        WorkflowClient.start(gate::pass);
        Awaiting waits = client.newWorkflowStub(Awaiting.class, options("waits"));
        var waiting = WorkflowClient.execute(waits::await, "gate");
        gate.open();
        waiting.join();
        client.newWorkflowStub(Awaiting.class, options("finds nothing")).await("nobody knows it");
    }

    private Claim claim() {
        return queue.claimNext(tenant.service).orElseThrow();
    }

    private static WorkflowOptions options(String id) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue("waiting")
                .build();
    }

    @ActivityInterface
    public interface Waiting {
        void awaitIt(String workflowId);
    }

    record Relay(QueueActivities queue, Tenant tenant) implements Waiting {
        @Override
        public void awaitIt(String workflowId) {
            queue.awaitWorkflow(tenant.service, workflowId);
        }
    }

    @WorkflowInterface
    public interface Awaiting {
        @WorkflowMethod
        void await(String workflowId);
    }

    public static final class AwaitingWorkflow implements Awaiting {
        @Override
        public void await(String workflowId) {
            Workflow.newActivityStub(
                            Waiting.class,
                            ActivityOptions.newBuilder()
                                    .setStartToCloseTimeout(Duration.ofMinutes(1))
                                    .build())
                    .awaitIt(workflowId);
        }
    }

    @WorkflowInterface
    public interface Gate {
        @WorkflowMethod
        void pass();

        @SignalMethod
        void open();
    }

    public static final class GateWorkflow implements Gate {
        private boolean open;

        @Override
        public void pass() {
            Workflow.await(() -> open);
        }

        @Override
        public void open() {
            open = true;
        }
    }
}
