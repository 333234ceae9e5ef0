package dev.berth.workflows;

import dev.berth.domain.DeploymentRef;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * The wait of a deployment that has a part of the traffic: for a person's word, for the end of its time, or for its errors.
 *
 * <p>A word only wakes it. What was decided stands in the canary's row, so a word that got lost is found there by whoever
 * watches, and two that come together are one.
 */
final class Canary {
    private final CanaryActivities canary = ActivityStubs.canary();
    private boolean told;

    /** Somebody has decided. */
    void wake() {
        told = true;
    }

    /**
     * Returns when the deployment is to get all of the traffic, at once where there is nothing to share it with.
     *
     * @throws ActivityFailure when it is to get none, or the workflow was cancelled
     */
    void hold(DeploymentRef deployment) {
        canary.beginCanary(deployment).ifPresent(left -> {
            awaitDecision(deployment, left);
            canary.settleCanary(deployment);
        });
    }

    private void awaitDecision(DeploymentRef deployment, Duration left) {
        long end = Workflow.currentTimeMillis() + left.toMillis();
        CompletablePromise<Void> watched = Workflow.newPromise();
        CancellationScope watching = Workflow.newCancellationScope(
                () -> watched.completeFrom(Async.procedure(canary::watchCanary, deployment)));
        watching.run();
        Workflow.await(left, () -> told || watched.isCompleted());
        if (!watched.isCompleted()) {
            watching.cancel();
        } else if (!isWatchedToTheEnd(watched)) {
            Workflow.await(Duration.ofMillis(Math.max(0, end - Workflow.currentTimeMillis())), () -> told);
        }
    }

    /** Trouble of the platform's own parts ends nothing: who decides may still do so. */
    private static boolean isWatchedToTheEnd(Promise<Void> watched) {
        try {
            watched.get();
            return true;
        } catch (ActivityFailure failure) {
            if (failure.getCause() instanceof CanceledFailure) {
                throw failure;
            }
            Workflow.getLogger(Canary.class).warn("Nobody watches the canary any more", failure);
            return false;
        }
    }
}
