package dev.berth.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.ServiceRef;
import dev.berth.workflows.TaskQueues;
import dev.berth.workflows.payload.Payloads;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two turns for each organisation, on a worker that has room for many more. */
final class TurnsTests {
    private static final UUID GREEDY = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch twoWait = new CountDownLatch(2);
    private final CountDownLatch otherIsThrough = new CountDownLatch(1);
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private TestWorkflowEnvironment temporal;

    @BeforeEach
    void begin() {
        temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.plain())
                        .build())
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new Turns(2), new Refusals(refused))
                        .build())
                .build());
        Worker worker = temporal.newWorker(
                TaskQueues.WATCH,
                WorkerOptions.newBuilder()
                        .setMaxConcurrentActivityExecutionSize(20)
                        .build());
        worker.registerWorkflowImplementationTypes(Waiting.Impl.class);
        worker.registerActivitiesImplementations((Patience) this::waitFor);
        temporal.start();
    }

    @AfterEach
    void close() {
        end.countDown();
        temporal.close();
    }

    @Test
    void whoeverWaitsForMuchKeepsNobodyElseWaitingAndGetsAllItsTurnsInTheEnd() throws InterruptedException {
        var greedy = IntStream.range(0, 5).mapToObj(_ -> start(GREEDY)).toList();
        assertThat(twoWait.await(60, TimeUnit.SECONDS)).isTrue();
        start(OTHER).getResult(Void.class);
        assertThat(otherIsThrough.getCount()).isZero();

        end.countDown();
        greedy.forEach(run -> run.getResult(Void.class));
        assertThat(mostAtOnce).hasValue(2);
        assertThat(refused.get()).isPositive();
    }

    private WorkflowStub start(UUID organization) {
        Waiting waiting = temporal.getWorkflowClient()
                .newWorkflowStub(
                        Waiting.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.WATCH)
                                .build());
        WorkflowClient.start(waiting::run, new ServiceRef(organization, UUID.randomUUID()));
        return WorkflowStub.fromTyped(waiting);
    }

    private void waitFor(ServiceRef service) {
        if (service.organizationId().equals(OTHER)) {
            otherIsThrough.countDown();
            return;
        }
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        twoWait.countDown();
        try {
            assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            atOnce.decrementAndGet();
        }
    }

    /** Stands outside of the turns, as the journal does. */
    private static final class Refusals extends WorkerInterceptorBase {
        private final AtomicInteger refused;

        Refusals(AtomicInteger refused) {
            this.refused = refused;
        }

        @Override
        public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
            return new ActivityInboundCallsInterceptorBase(next) {
                @Override
                public ActivityOutput execute(ActivityInput input) {
                    try {
                        return super.execute(input);
                    } catch (ApplicationFailure failure) {
                        assertThat(failure.getType()).isEqualTo(Turns.NO_TURN);
                        refused.incrementAndGet();
                        throw failure;
                    }
                }
            };
        }
    }

    @ActivityInterface
    public interface Patience {
        void waitFor(ServiceRef service);
    }

    @WorkflowInterface
    public interface Waiting {
        @WorkflowMethod
        void run(ServiceRef service);

        final class Impl implements Waiting {
            private final Patience patience = Workflow.newActivityStub(
                    Patience.class,
                    ActivityOptions.newBuilder()
                            .setTaskQueue(TaskQueues.WATCH)
                            .setStartToCloseTimeout(Duration.ofMinutes(10))
                            .build());

            @Override
            public void run(ServiceRef service) {
                patience.waitFor(service);
            }
        }
    }
}
