package dev.berth.api.work;

import dev.berth.api.audit.AuditTrail;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.api.quota.RoomCheck;
import dev.berth.api.repeats.KeptAnswers;
import dev.berth.domain.BuildRef;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.store.Builds;
import dev.berth.store.Caller;
import dev.berth.store.Cursor;
import dev.berth.store.Deployment;
import dev.berth.store.Deployments;
import dev.berth.store.Ids;
import dev.berth.store.Operation;
import dev.berth.store.Operations;
import dev.berth.store.Service;
import dev.berth.store.Services;
import dev.berth.store.Tenancy;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Queues what callers ask of a service: the rows in one transaction, and only then a word to the workflow that works them off.
 * The service's row is held meanwhile, so requests for one service are queued one after the other.
 */
@Component
public class Requests {
    private final Tenancy tenancy;
    private final Services services;
    private final Deployments deployments;
    private final Builds builds;
    private final Operations operations;
    private final RoomCheck room;
    private final AuditTrail trail;
    private final KeptAnswers answers;
    private final WakeUps wakeUps;

    Requests(
            Tenancy tenancy,
            Services services,
            Deployments deployments,
            Builds builds,
            Operations operations,
            RoomCheck room,
            AuditTrail trail,
            KeptAnswers answers,
            WakeUps wakeUps) {
        this.tenancy = tenancy;
        this.services = services;
        this.deployments = deployments;
        this.builds = builds;
        this.operations = operations;
        this.room = room;
        this.trail = trail;
        this.answers = answers;
        this.wakeUps = wakeUps;
    }

    Accepted deploy(Caller caller, UUID serviceId) {
        return build(caller, serviceId, OperationKind.DEPLOY);
    }

    Accepted rebuild(Caller caller, UUID serviceId) {
        return build(caller, serviceId, OperationKind.REBUILD);
    }

    private Accepted build(Caller caller, UUID serviceId, OperationKind kind) {
        Operation queued = tenancy.inOrg(caller.organizationId(), () -> {
            answers.claim();
            Service service = open(serviceId);
            room.toDeploy(service);
            BuildRef build = new BuildRef(service.organizationId(), serviceId, Ids.next());
            DeploymentRef deployment = new DeploymentRef(service.organizationId(), serviceId, Ids.next());
            builds.insert(build, service.gitUrl(), service.gitBranch());
            deployments.insert(deployment, Optional.of(build.buildId()), Deployment.Configuration.of(service));
            return queue(caller, service, kind, Optional.of(deployment), Optional.of(build));
        });
        return accepted(queued);
    }

    /** @param target the deployment that gets the traffic; by default the newest retained one that is not current */
    Accepted rollBack(Caller caller, UUID serviceId, Optional<UUID> target) {
        Operation queued = tenancy.inOrg(caller.organizationId(), () -> {
            answers.claim();
            Service service = open(serviceId);
            Optional<UUID> current = service.currentDeploymentId();
            Deployment deployment = target.map(id -> RollbackTarget.wanted(
                            deployments
                                    .find(id)
                                    .filter(found -> found.serviceId().equals(serviceId)),
                            current))
                    .orElseGet(() -> RollbackTarget.newest(deployments.retained(serviceId), current));
            room.toBringBack(service, deployment);
            return queue(caller, service, OperationKind.ROLLBACK, Optional.of(deployment.ref()), Optional.empty());
        });
        return accepted(queued);
    }

    /** A second delete while the first is open is the first. */
    public Accepted delete(Caller caller, UUID serviceId) {
        Operation queued = tenancy.inOrg(caller.organizationId(), () -> {
            Service service = locked(serviceId);
            return openDelete(serviceId)
                    .orElseGet(() -> queue(caller, service, OperationKind.DELETE, Optional.empty(), Optional.empty()));
        });
        return accepted(queued);
    }

    OperationView get(Caller caller, UUID operationId) {
        return tenancy.inOrg(caller.organizationId(), () -> operations.find(operationId))
                .filter(operation -> caller.sees(operation.serviceId()))
                .map(OperationView::of)
                .orElseThrow(() -> ProblemException.notFound("operation"));
    }

    private Service locked(UUID serviceId) {
        return services.lock(serviceId).orElseThrow(() -> ProblemException.notFound("service"));
    }

    private Service open(UUID serviceId) {
        Service service = locked(serviceId);
        if (openDelete(serviceId).isPresent()) {
            throw new ProblemException(Problem.of(ProblemType.CONFLICT, "The service is being deleted."));
        }
        return service;
    }

    /** Nothing is queued behind a delete, so an open one is the newest operation. */
    private Optional<Operation> openDelete(UUID serviceId) {
        return operations.page(serviceId, Cursor.START, 1).stream()
                .filter(operation -> operation.kind() == OperationKind.DELETE)
                .filter(operation -> !operation.status().isTerminal())
                .findFirst();
    }

    private Operation queue(
            Caller caller,
            Service service,
            OperationKind kind,
            Optional<DeploymentRef> deployment,
            Optional<BuildRef> build) {
        OperationRef operation = new OperationRef(service.organizationId(), service.id(), Ids.next());
        operations.insert(operation, kind, deployment, build, Optional.of(caller.userId()));
        Operation queued = operations.find(operation.operationId()).orElseThrow();
        Accepted accepted = Accepted.of(queued);
        answers.keep(202, accepted.location(), accepted);
        trail.queued(caller, service, queued);
        return queued;
    }

    private Accepted accepted(Operation queued) {
        wakeUps.send(queued.ref().service());
        return Accepted.of(queued);
    }
}
