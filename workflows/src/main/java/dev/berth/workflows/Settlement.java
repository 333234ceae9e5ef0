package dev.berth.workflows;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationKind;
import dev.berth.domain.ServiceRef;
import dev.berth.workflows.QueueActivities.Claim;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.Optional;

/**
 * What becomes of an operation whose workflow was ended from outside or by a fault of its own: what has done its work is seen through,
 * and the rest is put back.
 *
 * <p>A step that fails here ends the service's workflow. The operation stays open then, and the next run carries it out once more.
 */
final class Settlement {
    private final RolloutActivities rollout;

    Settlement(RolloutActivities rollout) {
        this.rollout = rollout;
    }

    /** @return whether the operation has done what was asked, now that this has run */
    boolean isSeenThrough(Claim claim, Failure reason) {
        return Workflow.getVersion("settle-by-traffic", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION
                ? isRunningUnlessWithdrawn(claim, reason)
                : isSeenThroughByTraffic(claim, reason);
    }

    /** What histories of 0.1.0 did. */
    private boolean isRunningUnlessWithdrawn(Claim claim, Failure reason) {
        return claim.kind().makesDeployment()
                && claim.deployment()
                        .map(deployment -> rollout.withdraw(deployment, DeploymentState.FAILED, reason))
                        .equals(Optional.of(DeploymentState.RUNNING));
    }

    private boolean isSeenThroughByTraffic(Claim claim, Failure reason) {
        ServiceRef service = claim.operation().service();
        return switch (claim.kind()) {
            case REPAIR, DELETE -> false;
            case DEPLOY, REBUILD, RESTART, ROLLBACK ->
                claim.deployment()
                        .filter(deployment -> isSeenThroughOrPutBack(claim.kind(), deployment, reason))
                        .isPresent();
            case START -> isStartedOrStopped(service);
            case STOP -> {
                // There is no way back from the stopped page but a start.
                stop(service);
                yield true;
            }
            case SCALE -> {
                claim.wantedScale().ifPresent(scale -> rollout.resize(service, scale.before()));
                yield false;
            }
        };
    }

    private boolean isSeenThroughOrPutBack(OperationKind kind, DeploymentRef deployment, Failure reason) {
        if (isSeenThrough(deployment)) {
            return true;
        }
        if (kind == OperationKind.ROLLBACK) {
            rollout.releaseRevision(deployment);
        } else {
            rollout.withdraw(deployment, DeploymentState.FAILED, reason);
        }
        return false;
    }

    /** What has the traffic has done what was asked, though its workflow may have died before the rows said so. */
    private boolean isSeenThrough(DeploymentRef deployment) {
        boolean has = rollout.hasTraffic(deployment);
        if (has) {
            rollout.routeTraffic(deployment);
        }
        return has;
    }

    private boolean isStartedOrStopped(ServiceRef service) {
        if (Workflow.getVersion("settle-start-by-traffic", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
            return isServingOrStopped(service);
        }
        try {
            Optional<DeploymentRef> chosen = rollout.chooseForStart(service);
            if (chosen.isEmpty() || isSeenThrough(chosen.get())) {
                return true;
            }
        } catch (ActivityFailure failure) {
            // Where it only could not be found out what serves, nothing is stopped.
            if (Reasons.of(failure, "choosing the version to start").code() != FailureCode.NOTHING_RETAINED) {
                throw failure;
            }
        }
        stop(service);
        return false;
    }

    /** What was done before a start was asked where the traffic is. */
    private boolean isServingOrStopped(ServiceRef service) {
        try {
            if (rollout.chooseForStart(service).isEmpty()) {
                return true;
            }
        } catch (ActivityFailure nothingKept) {
            Workflow.getLogger(Settlement.class).info("{} has nothing to start", service.workflowId());
        }
        stop(service);
        return false;
    }

    /** One that does not serve goes back to its stopped page, with nothing running behind it. */
    private void stop(ServiceRef service) {
        rollout.showStopped(service);
        rollout.stopRevisions(service);
    }
}
