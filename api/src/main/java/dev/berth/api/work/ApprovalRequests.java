package dev.berth.api.work;

import dev.berth.api.audit.AuditTrail;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.api.repeats.KeptAnswers;
import dev.berth.api.work.ServiceQueue.Line;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.store.Caller;
import dev.berth.store.Cancellations;
import dev.berth.store.Deployments;
import dev.berth.store.Holds;
import dev.berth.store.Operation;
import dev.berth.store.Tenancy;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** What admins decide about a deployment that is built and waits for their approval. */
@Component
class ApprovalRequests {
    private static final Failure REJECTED = Failure.of(
            FailureCode.REJECTED,
            "An admin did not approve it.",
            "Ask the admins why; deploy again when it is mended.");

    private final Tenancy tenancy;
    private final ServiceQueue queue;
    private final Deployments deployments;
    private final Holds holds;
    private final Cancellations cancellations;
    private final AuditTrail trail;
    private final KeptAnswers answers;
    private final WakeUps wakeUps;

    ApprovalRequests(
            Tenancy tenancy,
            ServiceQueue queue,
            Deployments deployments,
            Holds holds,
            Cancellations cancellations,
            AuditTrail trail,
            KeptAnswers answers,
            WakeUps wakeUps) {
        this.tenancy = tenancy;
        this.queue = queue;
        this.deployments = deployments;
        this.holds = holds;
        this.cancellations = cancellations;
        this.trail = trail;
        this.answers = answers;
        this.wakeUps = wakeUps;
    }

    /** It goes on, at once or when its window opens. @return the operation to follow */
    Accepted approve(Caller caller, UUID serviceId, UUID deploymentId) {
        Accepted accepted = decide(caller, serviceId, deploymentId, "deployment.approve", waiting -> {
            holds.approve(waiting.deployment().orElseThrow(), caller.userId());
            return List.of();
        });
        wakeUps.send(caller.service(serviceId));
        return accepted;
    }

    /** It ends; what serves goes on. @return the operation, ended */
    Accepted reject(Caller caller, UUID serviceId, UUID deploymentId) {
        return decide(
                caller,
                serviceId,
                deploymentId,
                "deployment.reject",
                waiting -> cancellations.endPending(waiting, REJECTED).stream().toList());
    }

    /** @param decision writes it, and gives what it ended */
    private Accepted decide(
            Caller caller,
            UUID serviceId,
            UUID deploymentId,
            String action,
            Function<Operation, List<Operation>> decision) {
        return tenancy.inOrg(caller.organizationId(), () -> {
            answers.claim();
            Line line = queue.hold(caller.service(serviceId));
            DeploymentRef deployment = new DeploymentRef(caller.organizationId(), serviceId, deploymentId);
            if (deployments.find(deployment).isEmpty()) {
                throw ProblemException.notFound("deployment");
            }
            Operation waiting = line.open().stream()
                    .filter(operation -> operation.waitsForApproval()
                            && operation.deployment().filter(deployment::equals).isPresent())
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(
                            Problem.of(ProblemType.CONFLICT, "The deployment does not wait for an approval.")));
            Accepted accepted = Accepted.of(waiting);
            answers.keep(202, accepted.location(), accepted);
            trail.ended(line.service(), decision.apply(waiting));
            trail.done(
                    caller,
                    action,
                    AuditTrail.subject(line.service()),
                    Map.of(
                            "deployment", deploymentId.toString(),
                            "operation", waiting.id().toString()));
            return accepted;
        });
    }
}
