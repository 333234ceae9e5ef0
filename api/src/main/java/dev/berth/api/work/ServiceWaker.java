package dev.berth.api.work;

import dev.berth.domain.ServiceRef;
import dev.berth.workflows.ServiceWorkflow;
import dev.berth.workflows.TaskQueues;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells the workflow of a service that something was queued. Nobody waits for it and nothing depends on it: where Temporal
 * does not answer, the sweep finds the row a little later.
 */
@Component
class ServiceWaker {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceWaker.class);

    /** Words under way at once; with Temporal down each takes its second, and more would only pile up. */
    private static final int AT_ONCE = 64;

    private final WorkflowClient client;
    private final Semaphore underWay = new Semaphore(AT_ONCE);

    ServiceWaker(WorkflowClient client) {
        this.client = client;
    }

    void wake(ServiceRef service) {
        if (!underWay.tryAcquire()) {
            LOG.warn("Left waking {} to the sweep: too many words to Temporal are under way", service.workflowId());
            return;
        }
        Thread.ofVirtual().name("wake " + service.serviceId()).start(() -> {
            try {
                signalWithStart(service);
            } catch (RuntimeException e) {
                LOG.warn("Left waking {} to the sweep: {}", service.workflowId(), e.toString());
            } finally {
                underWay.release();
            }
        });
    }

    private void signalWithStart(ServiceRef service) {
        ServiceWorkflow workflow = client.newWorkflowStub(
                ServiceWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(service.workflowId())
                        .setTaskQueue(TaskQueues.CORE)
                        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                        .build());
        BatchRequest both = client.newSignalWithStartRequest();
        both.add(workflow::wake);
        both.add(workflow::workOff, service);
        client.signalWithStart(both);
    }
}
