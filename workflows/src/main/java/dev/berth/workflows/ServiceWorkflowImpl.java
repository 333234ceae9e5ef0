package dev.berth.workflows;

import static java.util.Objects.requireNonNull;

import dev.berth.domain.Failure;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceRef;
import dev.berth.workflows.QueueActivities.Claim;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

public final class ServiceWorkflowImpl implements ServiceWorkflow {
    private final QueueActivities queue = ActivityStubs.queue();
    private final Settlement settlement = new Settlement(ActivityStubs.rollout());
    private String step = "waiting";
    private boolean woken;
    private @Nullable UUID ended;

    /**
     * A wake-up that comes after the last look, even while this run is closing, makes it look again: the server refuses to close
     * a run that has not seen all its signals.
     */
    @Override
    public void workOff(ServiceRef service) {
        boolean lookAgain;
        do {
            woken = false;
            step = "looking for the next operation";
            Optional<Claim> claim = queue.claimNext(service);
            claim.ifPresent(this::carryOut);
            lookAgain = claim.isPresent() || woken;
            if (lookAgain && Workflow.getInfo().isContinueAsNewSuggested()) {
                Workflow.continueAsNew(service);
            }
        } while (lookAgain);
    }

    private void carryOut(Claim claim) {
        OperationRef operation = claim.operation();
        switch (claim.kind()) {
            // A restart has its image already and builds nothing.
            case DEPLOY, RESTART -> deploy(claim, BuildWorkflow.Reuse.EARLIER_BUILD);
            case REBUILD -> deploy(claim, BuildWorkflow.Reuse.NOTHING);
            case ROLLBACK -> {
                var request = new RollbackWorkflow.Request(
                        operation, claim.deployment().orElseThrow(), claim.soaking());
                RollbackWorkflow child = child(RollbackWorkflow.class, request.workflowId());
                follow(claim, request.workflowId(), () -> Async.procedure(child::rollBack, request));
            }
            case START -> {
                var request = new StartWorkflow.Request(operation, claim.soaking());
                StartWorkflow child = child(StartWorkflow.class, request.workflowId());
                follow(claim, request.workflowId(), () -> Async.procedure(child::start, request));
            }
            case STOP -> {
                var request = new StopWorkflow.Request(operation, claim.soaking());
                StopWorkflow child = child(StopWorkflow.class, request.workflowId());
                follow(claim, request.workflowId(), () -> Async.procedure(child::stop, request));
            }
            case SCALE -> {
                var request =
                        new ScaleWorkflow.Request(operation, claim.wantedScale().orElseThrow());
                ScaleWorkflow child = child(ScaleWorkflow.class, request.workflowId());
                follow(claim, request.workflowId(), () -> Async.procedure(child::scale, request));
            }
            case REPAIR -> {
                var request =
                        new RepairWorkflow.Request(operation, claim.deployment().orElseThrow(), claim.soaking());
                RepairWorkflow child = child(RepairWorkflow.class, request.workflowId());
                follow(claim, request.workflowId(), () -> Async.procedure(child::repair, request));
            }
            case DELETE -> {
                var request = new DeleteWorkflow.Request(operation, claim.soaking());
                DeleteWorkflow child = child(DeleteWorkflow.class, request.workflowId());
                follow(claim, request.workflowId(), () -> Async.procedure(child::delete, request));
            }
        }
    }

    private void deploy(Claim claim, BuildWorkflow.Reuse reuse) {
        var deployment = claim.deployment().orElseThrow();
        var request = new DeployWorkflow.Request(claim.operation(), deployment, claim.build(), reuse, claim.soaking());
        DeployWorkflow child = child(DeployWorkflow.class, deployment.workflowId());
        follow(claim, deployment.workflowId(), () -> Async.function(child::deploy, request));
    }

    /**
     * Starts the operation's workflow, or finds it started, and returns when the operation is finished. One that was cancelled has cleared up behind
     * itself, and one that died is cleared up after.
     */
    private void follow(Claim claim, String workflowId, Supplier<Promise<?>> start) {
        step = "following " + workflowId;
        CompletablePromise<Object> child = Workflow.newPromise();
        // Detached, and cancelled by hand: the workflow of an earlier operation, in its soak, is none of this one's
        // business.
        CancellationScope scope = Workflow.newDetachedCancellationScope(() -> relay(start.get(), child));
        scope.run();
        try {
            awaitEnd(claim.operation(), child);
            if (child.isCompleted()) {
                child.get();
            }
        } catch (CanceledFailure cancelled) {
            scope.cancel();
            Workflow.newDetachedCancellationScope(() -> Workflow.await(child::isCompleted))
                    .run();
            throw cancelled;
        } catch (ChildWorkflowFailure failure) {
            if (Children.isAlreadyStarted(failure)) {
                followStarted(claim.operation(), workflowId);
            } else if (!(failure.getCause() instanceof CanceledFailure)) {
                settle(claim, Reasons.of(failure, step));
            }
        }
    }

    /** Another run started it: it announces its end to whichever run there is, and a closed one leaves its end in the rows. */
    private void followStarted(OperationRef operation, String workflowId) {
        CompletablePromise<Object> closed = Workflow.newPromise();
        CancellationScope scope = Workflow.newCancellationScope(
                () -> relay(Async.procedure(queue::awaitWorkflow, operation.service(), workflowId), closed));
        scope.run();
        awaitEnd(operation, closed);
        scope.cancel();
    }

    private void awaitEnd(OperationRef operation, Promise<Object> closed) {
        Workflow.await(() -> operation.operationId().equals(ended) || closed.isCompleted());
    }

    /** The operation's workflow was ended from outside or by a fault of its own: the rows get the end that is true. */
    private void settle(Claim claim, Failure reason) {
        step = "clearing up after a workflow that was ended";
        boolean done = settlement.isSeenThrough(claim, reason);
        if (done) {
            queue.finishOperation(claim.operation(), OperationState.SUCCEEDED, Optional.empty());
        } else {
            queue.finishOperation(claim.operation(), OperationState.FAILED, Optional.of(reason));
        }
    }

    private static void relay(Promise<?> from, CompletablePromise<Object> to) {
        from.handle((result, failure) -> failure == null ? to.complete(result) : to.completeExceptionally(failure));
    }

    private static <T> T child(Class<T> workflow, String id) {
        return Workflow.newChildWorkflowStub(workflow, Children.ofOperation(id));
    }

    @Override
    public void wake() {
        woken = true;
    }

    @Override
    public void operationEnded(UUID operationId) {
        ended = requireNonNull(operationId, "operationId is null");
    }

    @Override
    public String step() {
        return step;
    }
}
