package dev.berth.workflows;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.workflows.RolloutActivities.Admission;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

public final class RollbackWorkflowImpl implements RollbackWorkflow {
    private final RolloutActivities rollout = ActivityStubs.rollout();
    private final QueueActivities queue = ActivityStubs.queue();
    private final Soak soak = new Soak(rollout);
    private String step = "waiting";
    private boolean trafficTouched;
    private @Nullable DeploymentRef before;

    @Override
    public void rollBack(Request request) {
        try {
            Duration drain = moveBack(request);
            step = "finishing the operation";
            Ends.succeededAndGoesOn(queue, request.operation());
            retire(request, drain);
        } catch (TemporalFailure failure) {
            undo(request, Reasons.of(failure, step));
        }
    }

    private Duration moveBack(Request request) {
        step = "ending the soak of what serves, and checking that everything is there";
        Promise<Admission> admitted = Async.function(rollout::admit, request.target());
        // Before anything is started: the end of a soak may retire the very deployment that is to serve again.
        Handover.takeFrom(request.soaking(), request.operation(), queue);
        Admission admission = admitted.get();
        before = admission.serving().orElse(null);
        if (!isRoutedWarm(request, admission)) {
            start(request, admission);
            step = "moving the traffic";
            trafficTouched = true;
            rollout.routeTraffic(request.target());
        }
        return admission.drain();
    }

    private boolean isRoutedWarm(Request request, Admission admission) {
        if (admission.recreate()
                || Workflow.getVersion("route-if-warm", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
            return false;
        }
        step = "moving the traffic";
        trafficTouched = true;
        boolean warm = rollout.routeIfWarm(request.target());
        trafficTouched = warm;
        return warm;
    }

    private void start(Request request, Admission admission) {
        step = "starting the retained revision";
        // What serves may have to end first: an undo starts it again.
        trafficTouched = admission.recreate();
        // Old histories say nothing here, which reads as cold, so no version is needed.
        boolean warm = rollout.reviveRevision(request.target());
        if (!warm) {
            step = "waiting until it is healthy";
            rollout.awaitHealthy(request.target(), admission.healthDeadline());
        }
    }

    /** The target serves and the operation is finished: a cancel that comes now only ends the waiting. */
    private void retire(Request request, Duration drain) {
        step = "draining what served before";
        Workflow.newDetachedCancellationScope(() -> {
                    soak.drain(drain);
                    soak.retire(request.operation().service());
                })
                .run();
    }

    /**
     * Back to what served a moment ago, though it was never proven. A soak that ended for this is not taken up again: reconciling
     * finds what serves unproven and watched by nobody, and its repair watches a whole soak and proves it.
     */
    private void undo(Request request, Failure reason) {
        step = "undoing the roll-back";
        // Detached: a cancelled workflow could start no activity in its own scope.
        Workflow.newDetachedCancellationScope(() -> {
                    if (trafficTouched) {
                        rollout.routeBack(request.target(), before);
                    }
                    rollout.releaseRevision(request.target());
                    queue.finishOperation(request.operation(), Ends.of(reason), Optional.of(reason));
                })
                .run();
    }

    @Override
    public void endSoak() {
        soak.end();
    }

    @Override
    public String step() {
        return step;
    }
}
