package dev.berth.workflows;

import dev.berth.domain.OperationRef;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Optional;

/**
 * Stops a service: its host answers with the stopped page, its replicas go to zero, everything is kept. Id: {@code
 * stop/{operationId}}.
 *
 * <p>The operation is finished as soon as the page was seen served; requests that were on their way end after that.
 */
@WorkflowInterface
public interface StopWorkflow {
    @WorkflowMethod
    void stop(Request request);

    /** A newer operation is about to change what serves: the drain is cut short. */
    @SignalMethod
    void endSoak();

    /** The step it is in, for people who ask why it waits. */
    @QueryMethod
    String step();

    /** @param soaking id of the workflow that may still watch what serves now */
    record Request(OperationRef operation, Optional<String> soaking) {
        public String workflowId() {
            return "stop/" + operation.operationId();
        }
    }
}
