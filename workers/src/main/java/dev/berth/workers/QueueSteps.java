package dev.berth.workers;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Pulse;
import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.Hold;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.store.Build;
import dev.berth.store.Builds;
import dev.berth.store.Deployment;
import dev.berth.store.Deployments;
import dev.berth.store.Holds;
import dev.berth.store.Operation;
import dev.berth.store.Operations;
import dev.berth.store.Service;
import dev.berth.store.Services;
import dev.berth.store.Tenancy;
import dev.berth.workflows.BuildWorkflow;
import dev.berth.workflows.QueueActivities;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/** The queue in the rows. */
final class QueueSteps implements QueueActivities {
    private static final Duration LOOK = Duration.ofMillis(500);
    /** Hundredths of a second, for which the organisation's audit trail is held. */
    private static final int SUPERSEDED_AT_ONCE = 100;

    private final Tenancy tenancy;
    private final Operations operations;
    private final Holds holds;
    private final Deployments deployments;
    private final Builds builds;
    private final Services services;
    private final WorkflowClient client;

    QueueSteps(DataSource source, WorkflowClient client) {
        this.tenancy = new Tenancy(source);
        this.operations = new Operations(source);
        this.holds = new Holds(source);
        this.deployments = new Deployments(source);
        this.builds = new Builds(source);
        this.services = new Services(source);
        this.client = client;
    }

    @Override
    public Optional<Claim> claimNext(ServiceRef service) {
        boolean more;
        do {
            more = tenancy.inOrg(service.organizationId(), () -> operations.supersedeSome(service, SUPERSEDED_AT_ONCE));
        } while (more);
        Optional<Operation> next;
        do {
            next = tenancy.inOrg(service.organizationId(), () -> operations.claimNext(service));
        } while (next.isPresent() && !remains(next.get()));
        return next.map(operation -> new Claim(
                operation.ref(),
                operation.kind(),
                operation.deployment(),
                operation.build().filter(_ -> !isBuilt(operation)),
                soaking(service),
                scale(operation).orElse(null)));
    }

    /** It was held at its gates: its image may be older than what Temporal remembers of its build. */
    private boolean isBuilt(Operation operation) {
        return tenancy.inOrg(
                        operation.organizationId(), () -> operation.deployment().flatMap(deployments::find))
                .flatMap(Deployment::imageDigest)
                .isPresent();
    }

    private Optional<String> soaking(ServiceRef service) {
        return tenancy.inOrg(
                service.organizationId(),
                () -> operations.lastSucceeded(service).map(Operation::workflowId));
    }

    /** Whether what was claimed is still to be done. Not in the claim's transaction: that has written to the audit trail. */
    private boolean remains(Operation claimed) {
        return tenancy.inOrg(claimed.organizationId(), () -> !isSettled(claimed) && isReady(claimed));
    }

    /** An earlier run claimed it and died after its deployment had come to an end: so does the operation. */
    private boolean isSettled(Operation operation) {
        if (!operation.kind().makesDeployment()) {
            return false;
        }
        Optional<Deployment> deployment = operation.deployment().flatMap(deployments::find);
        Optional<OperationState> end = deployment.flatMap(row -> endOf(row.status()));
        end.ifPresent(state -> operations.finish(operation.ref(), state, deployment.flatMap(Deployment::failure)));
        return end.isPresent();
    }

    /** A restart takes the image that serves when its turn comes: a deploy before it in the queue may have changed that. */
    private boolean isReady(Operation operation) {
        if (operation.kind() != OperationKind.RESTART) {
            return true;
        }
        ServiceRef service = operation.ref().service();
        Optional<Deployment> serving = services.find(service)
                .flatMap(Service::currentDeploymentId)
                .map(id -> new DeploymentRef(service.organizationId(), service.serviceId(), id))
                .flatMap(deployments::find)
                .or(() -> deployments.retained(service).stream().findFirst());
        if (serving.flatMap(Deployment::imageDigest).isEmpty()) {
            Failure nothing = Failure.of(
                    FailureCode.NOTHING_RETAINED, "Nothing of the service is left to restart.", "Deploy it.");
            operation.deployment().ifPresent(ref -> deployments.fail(ref, DeploymentState.FAILED, nothing));
            operations.finish(operation.ref(), OperationState.FAILED, Optional.of(nothing));
            return false;
        }
        serving.ifPresent(from -> deployments.adoptImage(
                operation.deployment().orElseThrow(), from.imageDigest().orElseThrow(), from.commitSha()));
        return true;
    }

    private static Optional<Scale> scale(Operation operation) {
        return operation
                .replicas()
                .map(wanted -> new Scale(wanted, operation.replicasBefore().orElse(wanted)));
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

    @Override
    public void finishOperation(OperationRef operation, OperationState end, Optional<Failure> failure) {
        tenancy.inOrg(operation.organizationId(), () -> operations.finish(operation, end, failure));
    }

    @Override
    public void giveBack(OperationRef operation, DeploymentRef deployment) {
        boolean given = tenancy.inOrg(operation.organizationId(), () -> {
            Optional<Service> service = services.lock(operation.service());
            Optional<Deployment> built = deployments.find(deployment);
            // What was begun meanwhile by another run goes on: its operation stays as it is, and is claimed again.
            if (service.isEmpty()
                    || built.filter(row -> row.status().isBeforeItsStart()).isEmpty()) {
                return true;
            }
            Optional<Hold> hold = service.get()
                    .rollout()
                    .gates()
                    .hold(built.get().approvedAt().isPresent(), Instant.now());
            if (!holds.giveBack(operation, hold)) {
                return !isToEnd(operation);
            }
            deployments.move(deployment, DeploymentState.PENDING);
            // Only a service of which nothing serves is shown as building.
            if (service.get().status() == ServiceState.BUILDING) {
                services.observe(operation.service(), ServiceState.PENDING);
            }
            return true;
        });
        if (!given) {
            throw ActivityFailures.of(
                    Failure.of(FailureCode.CANCELLED, "It was cancelled before it was held at its gates.", ""));
        }
    }

    private boolean isToEnd(OperationRef operation) {
        return operations
                .find(operation.organizationId(), operation.operationId())
                .filter(row -> row.status() == OperationState.RUNNING)
                .isPresent();
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
        Build row =
                tenancy.inOrg(build.organizationId(), () -> builds.find(build)).orElseThrow();
        if (row.status().isTerminal()) {
            return new BuildWorkflow.Outcome(row.status(), row.imageDigest(), row.failure());
        }
        // Its workflow was ended from outside and left the row open.
        Failure failure = Failure.of(
                FailureCode.WORKFLOW_ENDED, "The build's workflow ended before the build did.", "Deploy again.");
        tenancy.inOrg(build.organizationId(), () -> builds.end(build, BuildState.FAILED, failure));
        return new BuildWorkflow.Outcome(BuildState.FAILED, Optional.empty(), Optional.of(failure));
    }
}
