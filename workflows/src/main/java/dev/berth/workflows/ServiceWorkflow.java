package dev.berth.workflows;

import dev.berth.domain.ServiceRef;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.UUID;

/**
 * Works the operations of one service off, one at a time, oldest first. Id: {@link ServiceRef#workflowId()}.
 *
 * <p>The {@code operations} table is the queue; a signal only says that looking is worth it. It ends when nothing is
 * claimable, so no run lives for ever; the next {@link #wake()} comes as signal-with-start.
 */
@WorkflowInterface
public interface ServiceWorkflow {
    @WorkflowMethod
    void workOff(ServiceRef service);

    /** Something was queued: looking is worth it. */
    @SignalMethod
    void wake();

    /** An operation that this workflow carries out is finished while its own workflow goes on with soak or drain. */
    @SignalMethod
    void operationEnded(UUID operationId);

    /** What it does now, for people who ask why it waits. */
    @QueryMethod
    String step();
}
