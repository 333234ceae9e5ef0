package dev.berth.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.activities.ActivityFailures;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ServiceRef;
import dev.berth.store.Step;
import dev.berth.workflows.payload.Payloads;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

final class StepJournalTests {
    private final Tenant tenant = new Tenant();

    @ActivityInterface
    public interface Errands {
        void fetchMilk(ServiceRef service);
    }

    @Test
    void writesDownWhatWasDone() {
        run(tenant.source, service -> {});
        assertThat(tenant.steps(tenant.service.serviceId())).singleElement().satisfies(step -> {
            assertThat(step.name()).isEqualTo("fetch milk");
            assertThat(step.subject()).isEqualTo(Step.Subject.SERVICE);
            assertThat(step.attempt()).isEqualTo(1);
            assertThat(step.status()).isEqualTo(Step.State.SUCCEEDED);
            assertThat(step.finishedAt()).isPresent();
        });
    }

    @Test
    void keepsTheSentenceThatWasMeantForTheUser() {
        run(tenant.source, service -> {
            throw ActivityFailures.of(Failure.of(FailureCode.BRANCH_NOT_FOUND, "There is no branch milk.", ""));
        });
        assertThat(tenant.steps(tenant.service.serviceId()))
                .extracting(Step::status, step -> step.detail().orElse(""))
                .containsExactly(tuple(Step.State.FAILED, "There is no branch milk."));
    }

    @Test
    void keepsOnlyTheKindOfAnythingElse() {
        run(tenant.source, service -> {
            throw new IllegalStateException("https://user:secret@git.example is away");
        });
        assertThat(tenant.steps(tenant.service.serviceId()))
                .hasSize(2)
                .allSatisfy(step -> assertThat(step.detail().orElse(""))
                        .contains("IllegalStateException")
                        .doesNotContain("secret"));
    }

    @Test
    void failsNothingWhenItCannotBeWritten() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setPortNumbers(new int[] {1});
        nowhere.setConnectTimeout(1);
        assertThat(run(nowhere, service -> {})).isTrue();
    }

    @Test
    void writesEveryAttemptDown() {
        AtomicInteger attempts = new AtomicInteger();
        run(tenant.source, service -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("the shop is closed");
            }
        });
        assertThat(tenant.steps(tenant.service.serviceId()))
                .extracting(Step::attempt, Step::status)
                .containsExactly(tuple(1, Step.State.FAILED), tuple(2, Step.State.SUCCEEDED));
    }

    /** @return whether the errand was done */
    private boolean run(DataSource journal, Errands errand) {
        try (TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.plain())
                        .build())
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new StepJournal(journal))
                        .build())
                .build())) {
            Worker worker = temporal.newWorker("errands");
            worker.registerWorkflowImplementationTypes(ErrandWorkflow.class);
            worker.registerActivitiesImplementations(errand);
            temporal.start();
            temporal.getWorkflowClient()
                    .newWorkflowStub(
                            Errand.class,
                            WorkflowOptions.newBuilder().setTaskQueue("errands").build())
                    .run(tenant.service);
            return true;
        } catch (WorkflowFailedException failed) {
            return false;
        }
    }

    @WorkflowInterface
    public interface Errand {
        @WorkflowMethod
        void run(ServiceRef service);
    }

    public static final class ErrandWorkflow implements Errand {
        @Override
        public void run(ServiceRef service) {
            Workflow.newActivityStub(
                            Errands.class,
                            ActivityOptions.newBuilder()
                                    .setStartToCloseTimeout(Duration.ofMinutes(1))
                                    .setRetryOptions(RetryOptions.newBuilder()
                                            .setMaximumAttempts(2)
                                            .build())
                                    .build())
                    .fetchMilk(service);
        }
    }
}
