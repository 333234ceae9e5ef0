package dev.berth.api.work;

import dev.berth.api.audit.AuditTrail;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.api.repeats.KeptAnswers;
import dev.berth.api.work.ServiceQueue.Line;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.canary.CanaryVerdict;
import dev.berth.store.Caller;
import dev.berth.store.Canaries;
import dev.berth.store.Canary;
import dev.berth.store.Deployments;
import dev.berth.store.Operation;
import dev.berth.store.Tenancy;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What people decide about a canary: its row first, and then a word to the workflow that waits for it. */
@Component
class CanaryRequests {
    private final Tenancy tenancy;
    private final ServiceQueue queue;
    private final Deployments deployments;
    private final Canaries canaries;
    private final AuditTrail trail;
    private final KeptAnswers answers;
    private final WakeUps wakeUps;

    CanaryRequests(
            Tenancy tenancy,
            ServiceQueue queue,
            Deployments deployments,
            Canaries canaries,
            AuditTrail trail,
            KeptAnswers answers,
            WakeUps wakeUps) {
        this.tenancy = tenancy;
        this.queue = queue;
        this.deployments = deployments;
        this.canaries = canaries;
        this.trail = trail;
        this.answers = answers;
        this.wakeUps = wakeUps;
    }

    /** All of the traffic goes to it. @return the operation to follow */
    Accepted promote(Caller caller, UUID serviceId, UUID deploymentId) {
        Accepted accepted = decide(
                caller,
                serviceId,
                deploymentId,
                "deployment.promote",
                canary -> canaries.promote(canary.ref(), Optional.of(caller.userId())));
        wakeUps.promote(new DeploymentRef(caller.organizationId(), serviceId, deploymentId));
        return accepted;
    }

    /** None of it does. @return the operation to follow */
    Accepted abort(Caller caller, UUID serviceId, UUID deploymentId) {
        Accepted accepted = decide(
                caller,
                serviceId,
                deploymentId,
                "deployment.abort",
                canary -> canaries.abort(
                        canary.ref(), Optional.of(caller.userId()), CanaryVerdict.aborted(canary.tally())));
        wakeUps.abort(new DeploymentRef(caller.organizationId(), serviceId, deploymentId));
        return accepted;
    }

    private Accepted decide(Caller caller, UUID serviceId, UUID deploymentId, String action, Decision decision) {
        return tenancy.inOrg(caller.organizationId(), () -> {
            answers.claim();
            Line line = queue.hold(caller.service(serviceId));
            DeploymentRef deployment = new DeploymentRef(caller.organizationId(), serviceId, deploymentId);
            if (deployments.find(deployment).isEmpty()) {
                throw ProblemException.notFound("deployment");
            }
            Operation running = line.running()
                    .filter(operation ->
                            operation.deployment().filter(deployment::equals).isPresent())
                    .orElseThrow(() -> conflict("The deployment is not under way."));
            if (running.cancelRequestedAt().isPresent()) {
                throw conflict("The deployment is being cancelled.");
            }
            Canary canary = canaries.find(deployment)
                    .filter(row -> row.beganAt().isPresent())
                    .orElseThrow(() -> conflict("The deployment is no canary, or not yet."));
            if (!decision.writes(canary)) {
                throw conflict("It is decided already what becomes of the canary.");
            }
            Accepted accepted = Accepted.of(running);
            answers.keep(202, accepted.location(), accepted);
            trail.done(
                    caller,
                    action,
                    AuditTrail.subject(line.service()),
                    Map.of(
                            "deployment", deploymentId.toString(),
                            "operation", running.id().toString()));
            return accepted;
        });
    }

    private static ProblemException conflict(String sentence) {
        return new ProblemException(Problem.of(ProblemType.CONFLICT, sentence));
    }

    private interface Decision {
        /** @return false where another decision stands */
        boolean writes(Canary canary);
    }
}
