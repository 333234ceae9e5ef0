package dev.berth.api.work;

import dev.berth.api.audit.AuditTrail;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.api.repeats.KeptAnswers;
import dev.berth.api.work.ServiceQueue.Line;
import dev.berth.domain.DeploymentState;
import dev.berth.store.Caller;
import dev.berth.store.Cancellations;
import dev.berth.store.Deployment;
import dev.berth.store.Deployments;
import dev.berth.store.Operation;
import dev.berth.store.Operations;
import dev.berth.store.Tenancy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Ends what is under way for a service: what waits ends at once, what runs is asked to and clears up first. Where nothing of that is
 * there, a deployment in its soak counts as under way: it is rolled back. What is held at its gates ends where nothing runs: else
 * somebody who cancels a scale would lose a version that is approved for the night.
 */
@Component
class CancelRequests {
    private final Tenancy tenancy;
    private final ServiceQueue queue;
    private final Operations operations;
    private final Deployments deployments;
    private final Cancellations cancellations;
    private final AuditTrail trail;
    private final KeptAnswers answers;
    private final WakeUps wakeUps;

    CancelRequests(
            Tenancy tenancy,
            ServiceQueue queue,
            Operations operations,
            Deployments deployments,
            Cancellations cancellations,
            AuditTrail trail,
            KeptAnswers answers,
            WakeUps wakeUps) {
        this.tenancy = tenancy;
        this.queue = queue;
        this.operations = operations;
        this.deployments = deployments;
        this.cancellations = cancellations;
        this.trail = trail;
        this.answers = answers;
        this.wakeUps = wakeUps;
    }

    /** @return the operation to follow: the one that runs or soaks, else the newest of those that waited */
    Accepted cancel(Caller caller, UUID serviceId) {
        Cancelled cancelled = tenancy.inOrg(caller.organizationId(), () -> {
            answers.claim();
            Line line = queue.hold(caller.service(serviceId));
            if (line.delete().isPresent()) {
                throw conflict("The service is being deleted, and that cannot be cancelled.");
            }
            Instant now = Instant.now();
            List<Operation> waiting = line.open().stream()
                    .filter(operation -> operation.startedAt().isEmpty())
                    .filter(operation -> line.running().isEmpty() || !operation.isHeld(now))
                    .toList();
            Optional<Operation> underWay =
                    line.running().or(() -> waiting.isEmpty() ? soaking(line) : Optional.empty());
            Operation told = underWay.or(() -> waiting.stream().reduce((_, newer) -> newer))
                    .orElseThrow(() -> conflict("Nothing is under way for the service."));
            Accepted accepted = Accepted.of(told);
            answers.keep(202, accepted.location(), accepted);
            underWay.map(Operation::ref).ifPresent(cancellations::request);
            List<Operation> ended = waiting.stream()
                    .flatMap(operation -> cancellations.endPending(operation).stream())
                    .toList();
            trail.ended(line.service(), ended);
            trail.done(
                    caller,
                    "service.cancel",
                    AuditTrail.subject(line.service()),
                    Map.of("operation", told.id().toString()));
            return new Cancelled(accepted, underWay);
        });
        cancelled.underWay().ifPresent(wakeUps::cancel);
        return cancelled.accepted();
    }

    /** The last operation, where what it deployed serves and is not proven yet. */
    private Optional<Operation> soaking(Line line) {
        Optional<UUID> current = line.service().currentDeploymentId();
        return operations
                .lastSucceeded(line.service().ref())
                .filter(operation -> operation.kind().makesDeployment())
                .filter(operation -> operation.deploymentId().equals(current))
                .filter(operation -> operation
                        .deployment()
                        .flatMap(deployments::find)
                        .filter(CancelRequests::isUnproven)
                        .isPresent());
    }

    private static boolean isUnproven(Deployment deployment) {
        return deployment.status() == DeploymentState.RUNNING
                && deployment.provenAt().isEmpty();
    }

    private static ProblemException conflict(String sentence) {
        return new ProblemException(Problem.of(ProblemType.CONFLICT, sentence));
    }

    private record Cancelled(Accepted accepted, Optional<Operation> underWay) {}
}
