package dev.berth.workflows;

import static dev.berth.domain.DeploymentState.CANCELLED;
import static dev.berth.domain.DeploymentState.FAILED;
import static dev.berth.domain.DeploymentState.PENDING;
import static dev.berth.domain.DeploymentState.RETIRED;
import static dev.berth.domain.DeploymentState.RUNNING;

import dev.berth.domain.BuildRef;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationState;
import dev.berth.workflows.RolloutActivities.Admission;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;

public final class DeployWorkflowImpl implements DeployWorkflow {
    private final RolloutActivities rollout = ActivityStubs.rollout();
    private final QueueActivities queue = ActivityStubs.queue();
    private final Soak soak = new Soak(rollout);
    private final Canary canary = new Canary();
    private String step = "waiting";
    private boolean trafficTouched;

    @Override
    public Outcome deploy(Request request) {
        try {
            request.build().ifPresent(build -> buildImage(request, build));
            step = "checking that everything is there";
            Admission admission = rollout.admit(request.deployment());
            // Before the rest: what nobody approved is not kept for a start either.
            if (admission.held()) {
                return giveBack(request);
            }
            if (admission.stopped()) {
                return keepForStart(request);
            }
            // Old histories say that nothing has to end first, so no version is needed.
            if (admission.recreate()) {
                takeFromWhatServes(request);
            }
            bringUp(request.deployment(), admission);
            // Old histories have no canary, so no version is needed.
            if (admission.canary()) {
                holdAsCanary(request);
            }
            if (!admission.recreate()) {
                takeFromWhatServes(request);
            }
            step = "moving the traffic";
            rollout.routeTraffic(request.deployment());
            finish(request);
            soak(request.deployment(), admission);
            return new Outcome(RUNNING, "");
        } catch (TemporalFailure failure) {
            return undo(request, Reasons.of(failure, step));
        }
    }

    private void buildImage(Request request, BuildRef build) {
        step = "building the image";
        // Beside the build, which it need not wait for: where an earlier build is found, its row would be the slower
        // half.
        Promise<Void> begun = Async.procedure(rollout::beginBuilding, request.deployment());
        BuildWorkflow.Outcome outcome = Children.build(new BuildWorkflow.Request(build, request.reuse()), queue);
        begun.get();
        rollout.adoptImage(
                request.deployment(),
                outcome.image()
                        .orElseThrow(() -> Reasons.thrown(outcome.failure().orElseThrow())));
    }

    /** Another run goes on when it may; until then the service's other operations have their turn. */
    private Outcome giveBack(Request request) {
        step = "giving it back to the queue";
        queue.giveBack(request.operation(), request.deployment());
        return new Outcome(PENDING, "");
    }

    /** Its owner stopped the service: a push must not start it. */
    private Outcome keepForStart(Request request) {
        step = "keeping it for the next start";
        rollout.keepForStart(request.deployment());
        finish(request);
        soak.retire(request.deployment().service());
        return new Outcome(RETIRED, "");
    }

    private void bringUp(DeploymentRef deployment, Admission admission) {
        if (admission.releases()) {
            step = "running the release command";
            rollout.runRelease(deployment);
        }
        step = "creating the revision";
        rollout.createRevision(deployment);
        step = "waiting until it is healthy";
        rollout.awaitHealthy(deployment, admission.healthDeadline());
    }

    /** What serves is proven no further: its soak could move the traffic in the middle of this. */
    private void holdAsCanary(Request request) {
        step = "ending the soak of what serves";
        Handover.takeFrom(request.soaking(), request.operation(), queue);
        step = "waiting for what is decided about the canary";
        canary.hold(request.deployment());
    }

    /** From here on an undo asks where the traffic is: what moves it may have done so although nobody could say so any more. */
    private void takeFromWhatServes(Request request) {
        step = "ending the soak of what serves";
        Handover.takeFrom(request.soaking(), request.operation(), queue);
        trafficTouched = true;
    }

    /** A cancel that comes meanwhile is one that comes in the soak: the operation succeeded, and the deployment is rolled back. */
    private void finish(Request request) {
        step = "finishing the operation";
        Ends.succeededAndGoesOn(queue, request.operation());
    }

    private void soak(DeploymentRef deployment, Admission admission) {
        step = "watching it in its soak";
        soak.retire(deployment.service());
        if (soak.isSurvivedBy(deployment, admission.soak())) {
            rollout.prove(deployment);
            retire(deployment, admission.drain().minus(admission.soak()));
        }
    }

    /** It is proven: a cancel that comes now only ends the waiting. */
    private void retire(DeploymentRef deployment, Duration drain) {
        step = "draining what served before";
        Workflow.newDetachedCancellationScope(() -> {
                    soak.drain(drain);
                    soak.retire(deployment.service());
                })
                .run();
    }

    private Outcome undo(Request request, Failure reason) {
        step = "undoing the deployment";
        DeploymentState[] state = {FAILED};
        // Detached: a cancelled workflow could start no activity in its own scope.
        Workflow.newDetachedCancellationScope(() -> {
                    if (trafficTouched) {
                        // What served before it may be as unproven as itself: only a proven one is gone back to by
                        // itself.
                        rollout.routeBack(request.deployment(), null);
                    }
                    boolean cancelled = reason.code() == FailureCode.CANCELLED;
                    state[0] = rollout.withdraw(request.deployment(), cancelled ? CANCELLED : FAILED, reason);
                    queue.finishOperation(
                            request.operation(),
                            cancelled ? OperationState.CANCELLED : OperationState.FAILED,
                            Optional.of(reason));
                })
                .run();
        return new Outcome(state[0], reason.sentence());
    }

    @Override
    public void endSoak() {
        soak.end();
    }

    @Override
    public void promote() {
        canary.wake();
    }

    @Override
    public void abort() {
        canary.wake();
    }

    @Override
    public String step() {
        return step;
    }
}
