package dev.berth.workflows;

import dev.berth.domain.Failure;
import dev.berth.domain.OperationRef;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.Optional;

public final class ScaleWorkflowImpl implements ScaleWorkflow {
    private final RolloutActivities rollout = ActivityStubs.rollout();
    private final QueueActivities queue = ActivityStubs.queue();
    private String step = "waiting";

    @Override
    public void scale(Request request) {
        OperationRef operation = request.operation();
        try {
            step = "changing the number of replicas";
            Optional<RolloutActivities.Scaled> scaled =
                    rollout.resize(operation.service(), request.scale().replicas());
            step = "waiting until they are healthy";
            scaled.ifPresent(replicas -> rollout.awaitHealthy(replicas.deployment(), replicas.healthDeadline()));
            step = "finishing the operation";
            Ends.succeeded(queue, operation);
        } catch (TemporalFailure failure) {
            undo(request, Reasons.of(failure, step));
        }
    }

    private void undo(Request request, Failure reason) {
        step = "going back to the number before";
        // Detached: a cancelled workflow could start no activity in its own scope.
        Workflow.newDetachedCancellationScope(() -> {
                    rollout.resize(
                            request.operation().service(), request.scale().before());
                    queue.finishOperation(request.operation(), Ends.of(reason), Optional.of(reason));
                })
                .run();
    }

    @Override
    public String step() {
        return step;
    }
}
