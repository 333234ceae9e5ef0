package dev.berth.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.ServiceRef;
import dev.berth.workflows.client.AddedInterceptors;
import dev.berth.workflows.payload.Payloads;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.interceptors.ActivityExecutionContextBase;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LifeSignsTests {
    private final CountDownLatch beats = new CountDownLatch(3);

    @Test
    void aShortActivityThatSaysNothingIsHeardOf() throws InterruptedException {
        try (LifeSigns signs = new LifeSigns(Duration.ofMillis(50));
                TestWorkflowEnvironment temporal = temporal(signs)) {
            Worker worker = temporal.newWorker("errands");
            worker.registerWorkflowImplementationTypes(StepJournalTests.ErrandWorkflow.class);
            worker.registerActivitiesImplementations((StepJournalTests.Errands) service -> {
                try {
                    assertThat(beats.await(10, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            signs.start();
            temporal.start();
            temporal.getWorkflowClient()
                    .newWorkflowStub(
                            StepJournalTests.Errand.class,
                            WorkflowOptions.newBuilder().setTaskQueue("errands").build())
                    .run(new ServiceRef(new UUID(0, 1), new UUID(0, 2)));
        }
        assertThat(beats.getCount()).isZero();
    }

    @Test
    void aLongOneHasToSpeakForItself() {
        assertThat(LifeSigns.speakFor(Duration.ofMinutes(5))).isTrue();
        assertThat(LifeSigns.speakFor(Duration.ofHours(1))).isFalse();
    }

    /** Tests stand on more than is shipped, so this holds of the shipped process all the more. */
    @Test
    void nothingThatIsShippedStandsBetweenThisProcessAndTemporal() {
        assertThat(AddedInterceptors.ofWorkers()).isEmpty();
        assertThat(AddedInterceptors.ofClients()).isEmpty();
    }

    private TestWorkflowEnvironment temporal(LifeSigns signs) {
        return TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.plain())
                        .build())
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(signs, new Listening())
                        .build())
                .build());
    }

    private final class Listening extends WorkerInterceptorBase {
        @Override
        public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
            return new ActivityInboundCallsInterceptorBase(next) {
                @Override
                public void init(ActivityExecutionContext context) {
                    super.init(new ActivityExecutionContextBase(context) {
                        @Override
                        public <V> void heartbeat(V details) throws ActivityCompletionException {
                            beats.countDown();
                            super.heartbeat(details);
                        }
                    });
                }
            };
        }
    }
}
