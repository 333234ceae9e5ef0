package dev.berth.workflows;

import dev.berth.domain.OperationRef;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Optional;

/** Removes a service: route, revisions, images, rows. Id: {@code delete/{operationId}}. */
@WorkflowInterface
public interface DeleteWorkflow {
    @WorkflowMethod
    void delete(Request request);

    /** The step it is in, for people who ask why it waits. */
    @QueryMethod
    String step();

    /** @param soaking id of the workflow that may still watch what serves now */
    record Request(OperationRef operation, Optional<String> soaking) {
        public String workflowId() {
            return "delete/" + operation.operationId();
        }
    }
}
