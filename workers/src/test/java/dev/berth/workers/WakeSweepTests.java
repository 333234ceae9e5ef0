package dev.berth.workers;

import dev.berth.domain.OperationKind;
import dev.berth.domain.ServiceRef;
import dev.berth.workflows.ServiceWorkflow;
import dev.berth.workflows.TaskQueues;
import dev.berth.workflows.payload.Payloads;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WakeSweepTests {
    /** Stays open, as one that carries out a long build does. */
    public static final class OpenServiceWorkflow implements ServiceWorkflow {
        @Override
        public void workOff(ServiceRef service) {
            Workflow.await(() -> false);
        }

        @Override
        public void wake() {}

        @Override
        public void operationEnded(UUID operationId) {}

        @Override
        public String step() {
            return "open";
        }
    }

    @Test
    void wakesAServiceThatNobodyWokeAndLeavesItAloneWhileItWorks() throws InterruptedException {
        Tenant tenant = new Tenant();
        tenant.queue(OperationKind.DEPLOY);
        try (TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.plain())
                        .build())
                .build())) {
            temporal.newWorker(TaskQueues.CORE).registerWorkflowImplementationTypes(OpenServiceWorkflow.class);
            temporal.start();
            WakeSweep sweep = new WakeSweep(tenant.tenancy, tenant.source, temporal.getWorkflowClient());
            sweep.start();
            try {
                String id = tenant.service.workflowId();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(90))
                        .ignoreExceptions()
                        .until(() -> signals(temporal, id) == 1);
                // Two more sweeps pass.
                Awaitility.await()
                        .during(Duration.ofSeconds(5))
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> signals(temporal, id) == 1);
            } finally {
                sweep.close();
            }
        }
    }

    private static long signals(TestWorkflowEnvironment temporal, String id) {
        return temporal.getWorkflowClient().fetchHistory(id).getEvents().stream()
                .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
                .count();
    }
}
