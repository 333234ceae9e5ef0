package dev.berth.workflows.client;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;

/** Asks a workflow to end. It clears up behind itself first; asking again changes nothing. */
public final class WorkflowCanceller {
    private final WorkflowClient client;

    public WorkflowCanceller(WorkflowClient client) {
        this.client = client;
    }

    /**
     * Returns as soon as the server has taken note. A workflow that is not there, or no more, needs nothing.
     *
     * @throws io.temporal.client.WorkflowServiceException when Temporal does not answer within the client's deadline
     */
    public void cancel(String workflowId) {
        try {
            client.newUntypedWorkflowStub(workflowId).cancel();
        } catch (WorkflowNotFoundException gone) {
            // It has ended, or its service's workflow has yet to start it: whoever swept this up asks again.
        }
    }
}
