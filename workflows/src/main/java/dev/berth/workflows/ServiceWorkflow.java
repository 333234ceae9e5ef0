package dev.berth.workflows;

import dev.berth.domain.ServiceRef;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

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

    /** Something was queued. Ends the soak of what runs, so that the newer operation need not wait for it. */
    @SignalMethod
    void wake();

    /** What it does now, for people who ask why it waits. */
    @QueryMethod
    String step();
}
