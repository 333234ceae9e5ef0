package dev.berth.workflows;

import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceRef;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;

public final class StopWorkflowImpl implements StopWorkflow {
    private final RolloutActivities rollout = ActivityStubs.rollout();
    private final QueueActivities queue = ActivityStubs.queue();
    private final Soak soak = new Soak(rollout);
    private String step = "waiting";

    @Override
    public void stop(Request request) {
        try {
            step = "ending the soak of what serves";
            Handover.takeFrom(request.soaking(), request.operation(), queue);
            // From here on a cancel would leave the service half stopped: it comes too late.
            Workflow.newDetachedCancellationScope(() -> scaleAway(request)).run();
        } catch (TemporalFailure failure) {
            Ends.failed(queue, request.operation(), Reasons.of(failure, step));
        }
    }

    private void scaleAway(Request request) {
        ServiceRef service = request.operation().service();
        step = "showing the stopped page";
        Duration drain = rollout.showStopped(service);
        step = "finishing the operation";
        queue.finishOperation(request.operation(), OperationState.SUCCEEDED, Optional.empty());
        Handover.announceEnd(request.operation());
        step = "draining what served before";
        soak.drain(drain);
        step = "scaling to zero";
        rollout.stopRevisions(service);
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
