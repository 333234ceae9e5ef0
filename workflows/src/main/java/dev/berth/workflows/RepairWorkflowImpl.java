package dev.berth.workflows;

import dev.berth.workflows.RolloutActivities.Admission;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;

public final class RepairWorkflowImpl implements RepairWorkflow {
    private final RolloutActivities rollout = ActivityStubs.rollout();
    private final QueueActivities queue = ActivityStubs.queue();
    private final Soak soak = new Soak(rollout);
    private String step = "waiting";

    @Override
    public void repair(Request request) {
        Admission admission;
        try {
            admission = bringBack(request);
            Ends.hearCancel();
        } catch (TemporalFailure failure) {
            Ends.failed(queue, request.operation(), Reasons.of(failure, step));
            return;
        }
        step = "finishing the operation";
        Ends.succeededAndGoesOn(queue, request.operation());
        prove(request, admission);
    }

    private Admission bringBack(Request request) {
        step = "ending the soak of what serves";
        Handover.takeFrom(request.soaking(), request.operation(), queue);
        step = "checking that everything is there";
        Admission admission = rollout.admit(request.target());
        step = "bringing the revision back";
        rollout.reviveRevision(request.target());
        step = "waiting until it is healthy";
        rollout.awaitHealthy(request.target(), admission.healthDeadline());
        step = "seeing the edge serve it";
        rollout.routeTraffic(request.target());
        return admission;
    }

    /** Where it crashes in what is left of its soak it stays unproven, and what served before stays warm. */
    private void prove(Request request, Admission admission) {
        step = "watching it in its soak";
        try {
            if (soak.isSurvivedBy(request.target(), admission.soak())) {
                rollout.prove(request.target());
                step = "draining what served before";
                soak.drain(admission.drain());
                soak.retire(request.target().service());
            }
        } catch (ActivityFailure crashed) {
            Workflow.getLogger(RepairWorkflowImpl.class)
                    .info("Deployment {} stays unproven", request.target().deploymentId());
        }
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
