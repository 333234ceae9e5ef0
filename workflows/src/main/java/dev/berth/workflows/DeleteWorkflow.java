package dev.berth.workflows;

import dev.berth.domain.OperationRef;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Removes a service: route, revisions, images, rows. Id: {@code delete/{operationId}}. */
@WorkflowInterface
public interface DeleteWorkflow {
    @WorkflowMethod
    void delete(Request request);

    /** The step it is in, for people who ask why it waits. */
    @QueryMethod
    String step();

    record Request(OperationRef operation) {
        public String workflowId() {
            return "delete/" + operation.operationId();
        }
    }
}
