package dev.berth.workflows.client;

import dev.berth.domain.DeploymentRef;
import dev.berth.workflows.DeployWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;

/** Tells the workflow of a canary what was decided. The row is the truth: a word that gets lost costs a second. */
public final class CanaryTeller {
    private final WorkflowClient client;

    public CanaryTeller(WorkflowClient client) {
        this.client = client;
    }

    /** @throws io.temporal.client.WorkflowServiceException when Temporal does not answer within the client's deadline */
    public void promote(DeploymentRef deployment) {
        tell(() -> workflow(deployment).promote());
    }

    /** As {@link #promote}. */
    public void abort(DeploymentRef deployment) {
        tell(() -> workflow(deployment).abort());
    }

    private DeployWorkflow workflow(DeploymentRef deployment) {
        return client.newWorkflowStub(DeployWorkflow.class, deployment.workflowId());
    }

    private static void tell(Runnable word) {
        try {
            word.run();
        } catch (WorkflowNotFoundException gone) {
            // It has ended, or is to be started anew and reads the row.
        }
    }
}
