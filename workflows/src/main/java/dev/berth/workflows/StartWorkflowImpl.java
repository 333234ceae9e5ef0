package dev.berth.workflows;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.domain.OperationRef;
import dev.berth.workflows.RolloutActivities.Admission;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.Optional;

public final class StartWorkflowImpl implements StartWorkflow {
    private final RolloutActivities rollout = ActivityStubs.rollout();
    private final QueueActivities queue = ActivityStubs.queue();
    private String step = "waiting";
    private boolean worldTouched;

    @Override
    public void start(Request request) {
        OperationRef operation = request.operation();
        try {
            step = "waiting until the stop before is complete";
            Handover.takeFrom(request.soaking(), operation, queue);
            step = "choosing the version to start";
            rollout.chooseForStart(operation.service()).ifPresent(this::bringUp);
            step = "finishing the operation";
            Ends.succeededAndGoesOn(queue, operation);
        } catch (TemporalFailure failure) {
            undo(operation, Reasons.of(failure, step));
        }
    }

    private void bringUp(DeploymentRef deployment) {
        step = "checking that everything is there";
        Admission admission = rollout.admit(deployment);
        if (admission.releases()) {
            step = "running the release command";
            rollout.runRelease(deployment);
        }
        worldTouched = true;
        step = "starting the kept version";
        rollout.reviveRevision(deployment);
        step = "waiting until it is healthy";
        rollout.awaitHealthy(deployment, admission.healthDeadline());
        step = "moving the traffic";
        rollout.routeTraffic(deployment);
    }

    /** Back to the stopped page, with nothing running behind it. */
    private void undo(OperationRef operation, Failure reason) {
        step = "undoing the start";
        // Detached: a cancelled workflow could start no activity in its own scope.
        Workflow.newDetachedCancellationScope(() -> {
                    if (worldTouched) {
                        rollout.showStopped(operation.service());
                        rollout.stopRevisions(operation.service());
                    }
                    queue.finishOperation(operation, Ends.of(reason), Optional.of(reason));
                })
                .run();
    }

    @Override
    public String step() {
        return step;
    }
}
