package dev.berth.workflows;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ServiceRef;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * What goes on after an operation was finished: watching what serves now, draining and retiring what served before.
 *
 * <p>A newer operation may end it at any moment. Trouble of the platform's own parts ends nothing and rolls nothing back: an
 * app that serves is not taken away because its watcher is ill.
 */
final class Soak {
    private final RolloutActivities rollout;
    private boolean ended;

    Soak(RolloutActivities rollout) {
        this.rollout = rollout;
    }

    /** A newer operation is about to change what serves. */
    void end() {
        ended = true;
    }

    /**
     * Watches the deployment for its soak.
     *
     * @return whether it outlived it; false where the soak was ended or nobody could watch
     * @throws ActivityFailure when the app crashed or lost its health, or the workflow was cancelled
     */
    boolean isSurvivedBy(DeploymentRef deployment, Duration soak) {
        CompletablePromise<Void> watched = Workflow.newPromise();
        CancellationScope watching = Workflow.newCancellationScope(
                () -> watched.completeFrom(Async.procedure(rollout::watchSoak, deployment, soak)));
        watching.run();
        Workflow.await(() -> ended || watched.isCompleted());
        if (!watched.isCompleted()) {
            watching.cancel();
            return false;
        }
        return isClean(watched);
    }

    /** Gives requests on what lost the traffic time to end; not where a newer operation waits. */
    void drain(Duration left) {
        if (left.isPositive()) {
            Workflow.await(left, () -> ended);
        }
    }

    /** Retires what no longer serves; what cannot be retired now is retired after the next operation. */
    void retire(ServiceRef service) {
        try {
            rollout.retirePredecessors(service);
        } catch (ActivityFailure failure) {
            passOn(failure);
        }
    }

    private static boolean isClean(Promise<Void> watched) {
        try {
            watched.get();
            return true;
        } catch (ActivityFailure failure) {
            passOn(failure);
            return false;
        }
    }

    /** Lets pass what is the app's doing or a cancel, and keeps the platform's own trouble here. */
    private static void passOn(ActivityFailure failure) {
        Failure reason = Reasons.of(failure, "watching it in its soak");
        if (failure.getCause() instanceof CanceledFailure || reason.code().blame() != FailureCode.Blame.PLATFORM) {
            throw failure;
        }
        Workflow.getLogger(Soak.class).warn("A step after the operation's end failed", failure);
    }
}
