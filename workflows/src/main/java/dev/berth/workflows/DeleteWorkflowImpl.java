package dev.berth.workflows;

import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceRef;
import io.temporal.failure.TemporalFailure;
import java.util.Optional;

/** Nothing is put back when a step fails: what is gone is gone, and asking again goes on from there. */
public final class DeleteWorkflowImpl implements DeleteWorkflow {
    private final RolloutActivities rollout = ActivityStubs.rollout();
    private final QueueActivities queue = ActivityStubs.queue();
    private String step = "waiting";

    @Override
    public void delete(Request request) {
        ServiceRef service = request.operation().service();
        try {
            step = "ending the soak of what serves";
            Handover.takeFrom(request.soaking(), request.operation(), queue);
            step = "taking the route away";
            rollout.removeRoute(service);
            step = "removing the revisions";
            rollout.removeRevisions(service);
            step = "removing the images";
            rollout.removeImages(service);
            step = "forgetting the service";
            Ends.forGood(() -> {
                rollout.forgetService(service);
                queue.finishOperation(request.operation(), OperationState.SUCCEEDED, Optional.empty());
            });
        } catch (TemporalFailure failure) {
            Ends.failed(queue, request.operation(), Reasons.of(failure, step));
        }
    }

    @Override
    public String step() {
        return step;
    }
}
