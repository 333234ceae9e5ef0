package dev.berth.api.work;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.ServiceRef;
import dev.berth.workflows.ServiceWorkflow;
import dev.berth.workflows.TaskQueues;
import dev.berth.workflows.payload.PayloadKey;
import dev.berth.workflows.payload.Payloads;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class WakeUpsTests {
    private static final BlockingQueue<ServiceRef> WOKEN = new LinkedBlockingQueue<>();

    @Test
    void aWakeUpStartsTheServicesWorkflowUnderItsId() throws InterruptedException {
        ServiceRef service = new ServiceRef(UUID.randomUUID(), UUID.randomUUID());
        PayloadKey key = PayloadKey.of(new byte[32]);
        TestEnvironmentOptions options = TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.sealed(key))
                        .build())
                .build();
        try (TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(options)) {
            temporal.newWorker(TaskQueues.CORE).registerWorkflowImplementationTypes(Remembering.class);
            temporal.start();
            new WakeUps(temporal.getWorkflowClient()).send(service);
            assertThat(WOKEN.poll(20, SECONDS)).isEqualTo(service);
            String step = temporal.getWorkflowClient()
                    .newWorkflowStub(ServiceWorkflow.class, service.workflowId())
                    .step();
            assertThat(step).isEqualTo("woken");
        }
    }

    public static final class Remembering implements ServiceWorkflow {
        private boolean woken;

        @Override
        public void workOff(ServiceRef service) {
            Workflow.await(() -> woken);
            WOKEN.add(service);
        }

        @Override
        public void wake() {
            woken = true;
        }

        @Override
        public void operationEnded(UUID operationId) {
            // Nothing ends here.
        }

        @Override
        public String step() {
            return woken ? "woken" : "asleep";
        }
    }
}
