package dev.berth.api.work;

import dev.berth.api.access.Permission;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.api.quota.RoomCheck;
import dev.berth.api.repeats.KeptAnswers;
import dev.berth.api.work.ServiceQueue.Asked;
import dev.berth.api.work.ServiceQueue.Line;
import dev.berth.domain.BuildRef;
import dev.berth.domain.DeployGates;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.InvalidInputException;
import dev.berth.domain.OperationKind;
import dev.berth.domain.RolloutPolicy.OnNewer;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.Standing;
import dev.berth.domain.Violation;
import dev.berth.store.Builds;
import dev.berth.store.Caller;
import dev.berth.store.Deployment;
import dev.berth.store.Deployments;
import dev.berth.store.Ids;
import dev.berth.store.Operation;
import dev.berth.store.Service;
import dev.berth.store.Tenancy;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Queues what callers ask of a service: the rows in one transaction, and only then a word to the workflow that works them off.
 * What may be asked is {@link dev.berth.domain.Lifecycle}'s to say.
 */
@Component
public class Requests {
    private final Tenancy tenancy;
    private final ServiceQueue queue;
    private final Deployments deployments;
    private final Builds builds;
    private final RoomCheck room;
    private final KeptAnswers answers;
    private final WakeUps wakeUps;

    Requests(
            Tenancy tenancy,
            ServiceQueue queue,
            Deployments deployments,
            Builds builds,
            RoomCheck room,
            KeptAnswers answers,
            WakeUps wakeUps) {
        this.tenancy = tenancy;
        this.queue = queue;
        this.deployments = deployments;
        this.builds = builds;
        this.room = room;
        this.answers = answers;
        this.wakeUps = wakeUps;
    }

    Accepted deploy(Caller caller, UUID serviceId) {
        return request(caller, serviceId, OperationKind.DEPLOY, line -> build(caller, line, OperationKind.DEPLOY));
    }

    Accepted rebuild(Caller caller, UUID serviceId) {
        return request(caller, serviceId, OperationKind.REBUILD, line -> build(caller, line, OperationKind.REBUILD));
    }

    /** A new deployment with the present configuration; it takes the image that serves when its turn comes. */
    Accepted restart(Caller caller, UUID serviceId) {
        return request(caller, serviceId, OperationKind.RESTART, line -> {
            room.toDeploy(line.service());
            DeploymentRef deployment = deployment(line.service(), Optional.empty());
            return queue.add(
                    caller, line.service(), Asked.deployment(OperationKind.RESTART, deployment, Optional.empty()));
        });
    }

    /** A service of which nothing is kept is deployed. */
    Accepted start(Caller caller, UUID serviceId) {
        return request(
                caller,
                serviceId,
                OperationKind.START,
                line -> line.standing() == Standing.EMPTY
                        ? build(caller, line, OperationKind.DEPLOY)
                        : bringUp(caller, line.service()));
    }

    Accepted stop(Caller caller, UUID serviceId) {
        return request(
                caller,
                serviceId,
                OperationKind.STOP,
                line -> queue.add(caller, line.service(), Asked.of(OperationKind.STOP)));
    }

    /** @param replicas 1 to 100 */
    Accepted scale(Caller caller, UUID serviceId, int replicas) {
        return request(caller, serviceId, OperationKind.SCALE, line -> {
            if (replicas > 1 && line.service().volume().isPresent()) {
                throw new InvalidInputException(List.of(
                        Violation.of("replicas", "must be 1: the service's volume is for one replica on one host")));
            }
            room.toScale(line.service(), replicas);
            return queue.add(caller, line.service(), Asked.scale(replicas));
        });
    }

    private Operation bringUp(Caller caller, Service service) {
        deployments.retained(service.ref()).stream().findFirst().ifPresent(kept -> room.toBringBack(service, kept));
        return queue.add(caller, service, Asked.of(OperationKind.START));
    }

    /** @param target the deployment that gets the traffic; by default the newest retained one that is not current */
    Accepted rollBack(Caller caller, UUID serviceId, Optional<UUID> target) {
        return taken(caller, serviceId, line -> {
            ServiceRef service = line.service().ref();
            Optional<UUID> current = line.service().currentDeploymentId();
            // A target that cannot be is the caller's mistake wherever the service stands.
            Optional<Deployment> wanted = target.map(id -> RollbackTarget.wanted(
                    deployments.find(new DeploymentRef(service.organizationId(), serviceId, id)), current));
            line.require(OperationKind.ROLLBACK);
            Deployment deployment =
                    wanted.orElseGet(() -> RollbackTarget.newest(deployments.retained(service), current));
            room.toBringBack(line.service(), deployment);
            return queue.add(
                    caller,
                    line.service(),
                    Asked.deployment(OperationKind.ROLLBACK, deployment.ref(), Optional.empty()));
        });
    }

    /** A second delete while the first is open is the first. What is under way is asked to end, so that nobody waits for a build in vain. */
    public Accepted delete(Caller caller, UUID serviceId) {
        Operation queued = tenancy.inOrg(caller.organizationId(), () -> {
            Line line = queue.of(caller.service(serviceId));
            if (line.service().rollout().gates().approvalRequired()
                    && !Permission.ADMINISTER.isHeldBy(caller, Optional.of(serviceId))) {
                throw new ProblemException(Problem.of(
                        ProblemType.FORBIDDEN,
                        "Only admins of the organisation delete a service whose new versions they approve."));
            }
            return line.delete().orElseGet(() -> {
                line.running().ifPresent(this::tellAfterCommit);
                return queue.add(caller, line.service(), Asked.of(OperationKind.DELETE), line.running());
            });
        });
        return accepted(queued);
    }

    private Accepted request(Caller caller, UUID serviceId, OperationKind kind, Function<Line, Operation> queued) {
        return taken(caller, serviceId, line -> {
            line.require(kind);
            return queued.apply(line);
        });
    }

    private Accepted taken(Caller caller, UUID serviceId, Function<Line, Operation> queued) {
        return accepted(tenancy.inOrg(caller.organizationId(), () -> {
            answers.claim();
            return queued.apply(queue.of(caller.service(serviceId)));
        }));
    }

    private Operation build(Caller caller, Line line, OperationKind kind) {
        Service service = line.service();
        room.toDeploy(service);
        BuildRef build = new BuildRef(service.organizationId(), service.id(), Ids.next());
        builds.insert(build, service.gitUrl(), service.gitBranch());
        DeploymentRef deployment = deployment(service, Optional.of(build.buildId()));
        Optional<Operation> outdated = line.running()
                .filter(running -> service.rollout().onNewer() == OnNewer.CANCEL
                        && running.kind().givesWayTo(kind)
                        && !hasPassedGates(service, running));
        outdated.ifPresent(this::tellAfterCommit);
        return queue.add(caller, service, Asked.deployment(kind, deployment, Optional.of(build)), outdated);
    }

    /** Such a one is not given up for a newer one that may have to wait for an approval. */
    private boolean hasPassedGates(Service service, Operation running) {
        return !service.rollout().gates().holdsAs(DeployGates.OPEN)
                && running.deployment()
                        .flatMap(deployments::find)
                        .filter(row -> !row.status().isBeforeItsStart())
                        .isPresent();
    }

    /** What runs is to end for a newer operation; it clears up behind itself first. */
    private void tellAfterCommit(Operation running) {
        wakeUps.afterCommit(() -> wakeUps.cancel(running));
    }

    private DeploymentRef deployment(Service service, Optional<UUID> build) {
        DeploymentRef deployment = new DeploymentRef(service.organizationId(), service.id(), Ids.next());
        deployments.insert(deployment, build, Deployment.Configuration.of(service));
        return deployment;
    }

    private Accepted accepted(Operation queued) {
        wakeUps.send(queued.ref().service());
        return Accepted.of(queued);
    }
}
