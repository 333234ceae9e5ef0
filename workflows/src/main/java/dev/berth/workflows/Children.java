package dev.berth.workflows;

import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;

/** How workflows start one another: under ids that follow from the work, so that the same work is never started twice. */
final class Children {
    private Children() {}

    /**
     * For the workflow of an operation. It outlives the run that started it: that one goes on while this one soaks, and a
     * deployment in flight must come to its end also when nobody waits any more. Where one of the same id has closed and left
     * its operation open, it is carried out once more: every step finds what is there.
     */
    static ChildWorkflowOptions ofOperation(String workflowId) {
        return options(workflowId)
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .build();
    }

    /** Builds, or awaits the build that an earlier run of the deployment's workflow started. */
    static BuildWorkflow.Outcome build(BuildWorkflow.Request request, QueueActivities queue) {
        // A build without its deployment is of no use to anybody: it is cancelled with it, and clears up behind itself.
        ChildWorkflowOptions options = options(request.build().workflowId())
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
                .build();
        try {
            return Workflow.newChildWorkflowStub(BuildWorkflow.class, options).build(request);
        } catch (ChildWorkflowFailure failure) {
            if (isAlreadyStarted(failure)) {
                return queue.awaitBuild(request.build());
            }
            throw failure;
        }
    }

    static boolean isAlreadyStarted(ChildWorkflowFailure failure) {
        return failure.getCause() instanceof WorkflowExecutionAlreadyStarted;
    }

    private static ChildWorkflowOptions.Builder options(String workflowId) {
        return ChildWorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setTaskQueue(TaskQueues.CORE)
                .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED);
    }
}
