package dev.berth.workers;

import dev.berth.domain.ServiceRef;
import dev.berth.store.Operation;
import dev.berth.store.Operations;
import dev.berth.store.Tenancy;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Temporal who is at work. */
final class OpenWorkflows {
    private static final Logger LOG = LoggerFactory.getLogger(OpenWorkflows.class);

    private final Tenancy tenancy;
    private final Operations operations;
    private final WorkflowClient client;

    OpenWorkflows(DataSource source, WorkflowClient client) {
        this.tenancy = new Tenancy(source);
        this.operations = new Operations(source);
        this.client = client;
    }

    /**
     * Whether a workflow of the service carries an operation out, or soaks or drains after one. True also where nobody could
     * say: who cannot be asked may be at work.
     *
     * @param deployments those that are under way or kept
     */
    boolean areAtWork(ServiceRef service, Set<UUID> deployments) {
        try {
            Set<String> workflows = new HashSet<>(Set.of(service.workflowId()));
            deployments.forEach(deployment -> workflows.add("deploy/" + deployment));
            tenancy.inOrg(service.organizationId(), () -> operations.lastSucceeded(service))
                    .map(Operation::workflowId)
                    .ifPresent(workflows::add);
            return workflows.stream().anyMatch(this::isOpen);
        } catch (RuntimeException unknown) {
            LOG.warn("Nobody says whether {} is at work: {}", service.workflowId(), unknown.getMessage());
            return true;
        }
    }

    private boolean isOpen(String workflowId) {
        try {
            return client.newUntypedWorkflowStub(workflowId).describe().getStatus()
                    == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
        } catch (WorkflowNotFoundException never) {
            return false;
        }
    }
}
