package dev.berth.workers;

import dev.berth.activities.Pulse;
import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceRef;
import dev.berth.store.Build;
import dev.berth.store.Builds;
import dev.berth.store.Deployment;
import dev.berth.store.Deployments;
import dev.berth.store.Operation;
import dev.berth.store.Operations;
import dev.berth.store.Tenancy;
import dev.berth.workflows.BuildWorkflow;
import dev.berth.workflows.QueueActivities;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/** The queue in the rows. */
final class QueueSteps implements QueueActivities {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Tenancy tenancy;
    private final Operations operations;
    private final Deployments deployments;
    private final Builds builds;
    private final WorkflowClient client;

    QueueSteps(DataSource source, WorkflowClient client) {
        this.tenancy = new Tenancy(source);
        this.operations = new Operations(source);
        this.deployments = new Deployments(source);
        this.builds = new Builds(source);
        this.client = client;
    }

    @Override
    public Optional<Claim> claimNext(ServiceRef service) {
        return tenancy.inOrg(service.organizationId(), () -> {
            Optional<Operation> next = operations.claimNext(service.serviceId());
            while (next.isPresent() && isSettled(next.get())) {
                next = operations.claimNext(service.serviceId());
            }
            Optional<String> soaking =
                    operations.lastSucceeded(service.serviceId()).flatMap(QueueSteps::workflowOf);
            return next.map(operation ->
                    new Claim(operation.ref(), operation.kind(), operation.deployment(), operation.build(), soaking));
        });
    }

    /** An earlier run claimed it and died after its deployment had come to an end: so does the operation. */
    private boolean isSettled(Operation operation) {
        if (!operation.kind().isSuperseded()) {
            return false;
        }
        Optional<Deployment> deployment = operation.deploymentId().flatMap(deployments::find);
        Optional<OperationState> end = deployment.flatMap(row -> endOf(row.status()));
        end.ifPresent(state -> operations.finish(operation.id(), state, deployment.flatMap(Deployment::failure)));
        return end.isPresent();
    }

    private static Optional<OperationState> endOf(DeploymentState state) {
        return switch (state) {
            case PENDING, BUILDING, DEPLOYING -> Optional.empty();
            case RUNNING, RETIRED -> Optional.of(OperationState.SUCCEEDED);
            case FAILED, ROLLED_BACK -> Optional.of(OperationState.FAILED);
            case CANCELLED -> Optional.of(OperationState.CANCELLED);
            case SUPERSEDED -> Optional.of(OperationState.SUPERSEDED);
        };
    }

    /** The workflow that goes on with soak and drain after the operation ended. */
    static Optional<String> workflowOf(Operation operation) {
        return switch (operation.kind()) {
            case ROLLBACK -> Optional.of("rollback/" + operation.id());
            case REPAIR -> Optional.of("repair/" + operation.id());
            case DEPLOY, REBUILD -> operation.deployment().map(DeploymentRef::workflowId);
            case DELETE -> Optional.empty();
        };
    }

    @Override
    public void finishOperation(OperationRef operation, OperationState end, Optional<Failure> failure) {
        tenancy.inOrg(operation.organizationId(), () -> operations.finish(operation.operationId(), end, failure));
    }

    @Override
    public void awaitWorkflow(ServiceRef service, String workflowId) {
        Pulse pulse = Pulse.ofActivity();
        // The server answers at once when the workflow closes; the newer deployment's traffic waits for exactly that.
        while (isOpen(workflowId)) {
            pulse.beat();
        }
    }

    private boolean isOpen(String workflowId) {
        try {
            client.newUntypedWorkflowStub(workflowId).getResult(LOOK.toMillis(), TimeUnit.MILLISECONDS, Void.class);
            return false;
        } catch (TimeoutException stillOpen) {
            return true;
        } catch (WorkflowFailedException | WorkflowNotFoundException closed) {
            return false;
        }
    }

    @Override
    public BuildWorkflow.Outcome awaitBuild(BuildRef build) {
        awaitWorkflow(build.service(), build.workflowId());
        Build row = tenancy.inOrg(build.organizationId(), () -> builds.find(build.buildId()))
                .orElseThrow();
        if (row.status().isTerminal()) {
            return new BuildWorkflow.Outcome(row.status(), row.imageDigest(), row.failure());
        }
        // Its workflow was ended from outside and left the row open.
        Failure failure =
                Failure.of(FailureCode.PLATFORM, "The build's workflow ended before the build did.", "Deploy again.");
        tenancy.inOrg(build.organizationId(), () -> builds.end(build.buildId(), BuildState.FAILED, failure));
        return new BuildWorkflow.Outcome(BuildState.FAILED, Optional.empty(), Optional.of(failure));
    }
}
