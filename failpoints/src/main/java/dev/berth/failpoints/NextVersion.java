package dev.berth.failpoints;

import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * What the next build of Berth would bring: deployments that do something more, under a version of its own as
 * docs/checklists/changing-a-workflow.md wants it. One that began before goes on as it began. No service loader names it; the test of
 * an upgrade puts it into the jar that it upgrades to.
 */
public final class NextVersion extends WorkerInterceptorBase {
    /** The change, as the histories of those that began with it name it. */
    public static final String CHANGE = "next-version";

    private static final String CHANGED = "DeployWorkflow";
    /** A command that no history of before has: without the version it could not be replayed. */
    private static final Duration SOMETHING_MORE = Duration.ofMillis(1);

    @Override
    public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
        return new WorkflowInboundCallsInterceptorBase(next) {
            @Override
            public WorkflowOutput execute(WorkflowInput input) {
                if (Workflow.getInfo().getWorkflowType().equals(CHANGED)
                        && Workflow.getVersion(CHANGE, Workflow.DEFAULT_VERSION, 1) == 1) {
                    Workflow.sleep(SOMETHING_MORE);
                }
                return super.execute(input);
            }
        };
    }
}
