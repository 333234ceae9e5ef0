package dev.berth.workflows;

import dev.berth.domain.OperationRef;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Optional;

/** Starts a stopped service with the newest version that is kept. Id: {@code start/{operationId}}. */
@WorkflowInterface
public interface StartWorkflow {
    /** Ends when it serves, or with the stopped page still shown. */
    @WorkflowMethod
    void start(Request request);

    /** The step it is in, for people who ask why it waits. */
    @QueryMethod
    String step();

    /** @param soaking id of the workflow that may still end what served before the stop */
    record Request(OperationRef operation, Optional<String> soaking) {
        public String workflowId() {
            return "start/" + operation.operationId();
        }
    }
}
