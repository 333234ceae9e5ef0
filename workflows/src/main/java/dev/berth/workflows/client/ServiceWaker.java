package dev.berth.workflows.client;

import dev.berth.domain.ServiceRef;
import dev.berth.workflows.ServiceWorkflow;
import dev.berth.workflows.TaskQueues;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;

/** Wakes the workflow of a service, and starts it where none runs. */
public final class ServiceWaker {
    private final WorkflowClient client;

    public ServiceWaker(WorkflowClient client) {
        this.client = client;
    }

    /**
     * The queue in the database is the truth: a wake-up that fails delays the work until the sweep and loses nothing, so a caller
     * with a person behind it logs the failure and goes on.
     *
     * @throws io.temporal.client.WorkflowServiceException when Temporal does not answer within the client's deadline
     */
    public void wake(ServiceRef service) {
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setWorkflowId(service.workflowId())
                .setTaskQueue(TaskQueues.CORE)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .build();
        ServiceWorkflow workflow = client.newWorkflowStub(ServiceWorkflow.class, options);
        BatchRequest request = client.newSignalWithStartRequest();
        request.add(workflow::workOff, service);
        request.add(workflow::wake);
        client.signalWithStart(request);
    }
}
