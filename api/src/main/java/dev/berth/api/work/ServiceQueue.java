package dev.berth.api.work;

import dev.berth.api.audit.AuditTrail;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.api.repeats.KeptAnswers;
import dev.berth.domain.BuildRef;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Lifecycle;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.Standing;
import dev.berth.store.Caller;
import dev.berth.store.Cancellations;
import dev.berth.store.Ids;
import dev.berth.store.Operation;
import dev.berth.store.Operations;
import dev.berth.store.Service;
import dev.berth.store.Services;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The queue of a service as a request finds it. Everything here happens in the caller's transaction, with the service's row held, so
 * requests for one service come one after the other and each sees what the others queued.
 */
@Component
class ServiceQueue {
    private final Services services;
    private final Operations operations;
    private final Cancellations cancellations;
    private final AuditTrail trail;
    private final KeptAnswers answers;

    ServiceQueue(
            Services services,
            Operations operations,
            Cancellations cancellations,
            AuditTrail trail,
            KeptAnswers answers) {
        this.services = services;
        this.operations = operations;
        this.cancellations = cancellations;
        this.trail = trail;
        this.answers = answers;
    }

    /**
     * The service, held until the transaction ends, with the {@linkplain Operations#outline outline} of its queue. That is not
     * held: a claim holds first the quota and then the queue, and a request that held them the other way round could lock itself
     * out with it.
     */
    Line of(ServiceRef wanted) {
        return new Line(service(wanted), operations.outline(wanted));
    }

    /** As {@link #of} with all that waits, for whoever ends it: nothing of it is claimed until the transaction ends. */
    Line hold(ServiceRef wanted) {
        return new Line(service(wanted), operations.lockOpen(wanted));
    }

    private Service service(ServiceRef wanted) {
        return services.lock(wanted).orElseThrow(() -> ProblemException.notFound("service"));
    }

    /** Queues it in the place of the same that waits, keeps the answer for repeats of the request and notes who asked. */
    Operation add(Caller caller, Service service, Asked asked) {
        return add(caller, service, asked, Optional.empty());
    }

    /**
     * The same, and asks what runs to end for it. The rows are held in the order of the queue, as a claim holds them, and before
     * the audit trail's head, which whoever ends an operation takes behind its row.
     */
    Operation add(Caller caller, Service service, Asked asked, Optional<Operation> inPlaceOf) {
        OperationRef operation = new OperationRef(service.organizationId(), service.id(), Ids.next());
        Operation queued = operations.insert(
                operation,
                asked.kind(),
                asked.deployment(),
                asked.build(),
                asked.replicas(),
                Optional.of(caller.userId()));
        inPlaceOf.ifPresent(running -> cancellations.requestFor(running.ref(), queued.id()));
        List<Operation> ended = operations.supersedeRepeated(operation, asked.kind());
        Accepted accepted = Accepted.of(queued);
        answers.keep(202, accepted.location(), accepted);
        trail.queued(caller, service, queued, ended);
        return queued;
    }

    /** What an operation is about. */
    record Asked(
            OperationKind kind,
            Optional<DeploymentRef> deployment,
            Optional<BuildRef> build,
            Optional<Integer> replicas) {
        static Asked of(OperationKind kind) {
            return new Asked(kind, Optional.empty(), Optional.empty(), Optional.empty());
        }

        static Asked deployment(OperationKind kind, DeploymentRef deployment, Optional<BuildRef> build) {
            return new Asked(kind, Optional.of(deployment), build, Optional.empty());
        }

        static Asked scale(int replicas) {
            return new Asked(OperationKind.SCALE, Optional.empty(), Optional.empty(), Optional.of(replicas));
        }
    }

    /** @param open what waits and runs, in the order of the queue */
    record Line(Service service, List<Operation> open) {
        /** Where the service will stand when the request's turn comes; it passes what is held at the gates. */
        Standing standing() {
            Instant now = Instant.now();
            return Standing.of(service.status())
                    .after(open.stream()
                            .filter(operation -> !operation.isHeld(now))
                            .map(Operation::kind)
                            .toList());
        }

        /** @throws ProblemException 409 with the reason where {@link Lifecycle} refuses it */
        void require(OperationKind kind) {
            if (Lifecycle.ask(kind, standing()) instanceof Lifecycle.Refused refused) {
                throw new ProblemException(Problem.of(ProblemType.CONFLICT, "The service " + refused.reason() + "."));
            }
        }

        Optional<Operation> running() {
            return open.stream()
                    .filter(operation -> operation.startedAt().isPresent())
                    .findFirst();
        }

        Optional<Operation> delete() {
            return open.stream()
                    .filter(operation -> operation.kind() == OperationKind.DELETE)
                    .findFirst();
        }
    }
}
