package dev.berth.workflows;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.workflows.payload.Payloads;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.NonDeterministicException;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays histories that released code wrote. A change that breaks one breaks deployments that run while it is installed: put it
 * behind {@code Workflow.getVersion} and never write a stored history again.
 */
final class ReplayTests {
    private static final Path HISTORIES = Path.of("src/test/resources/histories");

    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(Payloads.plain())
                            .build())
                    .build());
    private final Worker worker = temporal.newWorker(
            TaskQueues.CORE,
            WorkerOptions.newBuilder()
                    .setDefaultDeadlockDetectionTimeout(20_000)
                    .build());

    @AfterEach
    void close() {
        temporal.close();
    }

    static List<Path> histories() throws IOException {
        try (Stream<Path> files = Files.walk(HISTORIES)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("histories")
    void carriesOnWhereAStoredHistoryStopped(Path history) throws Exception {
        Stage.registerWorkflows(worker);
        WorkflowReplayer.replayWorkflowExecution(read(history), worker);
    }

    @Test
    void noticesAChangeThatWouldBreakWhatRuns() {
        worker.registerWorkflowImplementationTypes(HastyDeleteWorkflow.class);
        assertThatThrownBy(() -> WorkflowReplayer.replayWorkflowExecution(
                        read(HISTORIES.resolve("delete/0.1.0-succeeds.json")), worker))
                .hasStackTraceContaining(NonDeterministicException.class.getSimpleName());
    }

    private static WorkflowExecutionHistory read(Path file) {
        try {
            return WorkflowExecutionHistory.fromJson(Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** As {@link DeleteWorkflowImpl}, changed without care. */
    public static final class HastyDeleteWorkflow implements DeleteWorkflow {
        @Override
        public void delete(Request request) {
            Workflow.sleep(Duration.ofSeconds(1));
        }

        @Override
        public String step() {
            return "hurrying";
        }
    }
}
