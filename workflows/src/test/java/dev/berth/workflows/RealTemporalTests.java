package dev.berth.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationState;
import dev.berth.testkit.RealPart;
import dev.berth.workflows.QueueActivities.Claim;
import dev.berth.workflows.payload.PayloadKey;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.ApplicationFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only a real server does: it keeps histories, hands a dead worker's task to another, and refuses a hasty end. */
@RealPart("temporal")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RealTemporalTests {
    static final PayloadKey KEY = TestNamespace.KEY;

    private static final String ADDRESS = System.getenv("BERTH_TEST_TEMPORAL");
    private static final String NAMESPACE = TestNamespace.name();

    private static final String CANARY = "canary-4711-env-value";
    private static final Pattern DATA =
            Pattern.compile("\"(?:data|[a-z-]+)\": \"([A-Za-z0-9+/]+(?:=|\\\\u003d){0,2})\"");

    @Test
    void keepsNoPlaintextOfASecretInAnyHistory() {
        World world = new World();
        AtomicInteger attempts = new AtomicInteger();
        world.when("fetchSource", () -> {
            if (attempts.incrementAndGet() == 1) {
                throw new IllegalStateException("https://user:" + CANARY + "@git.example.org is away");
            }
        });
        world.when("awaitHealthy", () -> {
            Failure failure = Failure.of(FailureCode.CRASHED_ON_START, "It printed " + CANARY, "mend it")
                    .withEvidence("TOKEN=" + CANARY);
            throw ApplicationFailure.newNonRetryableFailure(
                    failure.sentence(), failure.code().name(), failure);
        });
        try (Stage stage = stage(world)) {
            Claim claim = stage.queue(OperationKind.DEPLOY);
            stage.wake();
            stage.awaitIdle();
            assertThat(world.failures.get(claim.operation().operationId()).sentence())
                    .as("it did travel through the histories")
                    .contains(CANARY);
            for (String id : List.of(
                    stage.service.workflowId(),
                    claim.deployment().orElseThrow().workflowId(),
                    claim.build().orElseThrow().workflowId())) {
                String history = stage.client().fetchHistory(id).toJson(true);
                assertThat(decoded("\"data\": \"" + base64(CANARY) + "\"")).contains(CANARY);
                assertThat(history).doesNotContain(CANARY).doesNotContain("serviceId");
                assertThat(decoded(history)).doesNotContain(CANARY).doesNotContain("serviceId");
            }
        }
    }

    @Test
    void losesNoWakeUpHoweverLateItComes() {
        World world = new World();
        try (Stage stage = stage(world)) {
            for (int i = 0; i < 25; i++) {
                Claim claim = stage.queue(OperationKind.DELETE);
                stage.wake();
                stage.awaitEnd(claim.operation());
            }
            assertThat(world.ends).hasSize(25);
        }
    }

    @Test
    void handsTheSoakOverToANewerDeployment() {
        World world = new World();
        Hold soak = world.holds("watchSoak");
        try (Stage stage = stage(world)) {
            Claim first = stage.queue(OperationKind.DEPLOY);
            stage.wake();
            soak.awaitEntry();
            world.when("watchSoak", () -> {});
            Claim second = stage.queue(OperationKind.DEPLOY);
            stage.wake();
            stage.awaitEnd(second.operation());
            stage.workflow(second.deployment().orElseThrow().workflowId()).getResult(DeployWorkflow.Outcome.class);
            assertThat(world.ends).containsEntry(first.operation().operationId(), OperationState.SUCCEEDED);
            assertThat(world.serving).contains(second.deployment().orElseThrow().deploymentId());
            assertThat(world.proven)
                    .containsExactly(second.deployment().orElseThrow().deploymentId());
        }
    }

    @Test
    void clearsUpAfterADeploymentWhoseWorkflowWasTerminated() {
        World world = new World();
        Hold hold = world.holds("awaitHealthy");
        try (Stage stage = stage(world)) {
            Claim claim = stage.queue(OperationKind.DEPLOY);
            stage.wake();
            hold.awaitEntry();
            stage.workflow(claim.deployment().orElseThrow().workflowId()).terminate("by an operator");
            stage.awaitIdle();
            assertThat(world.ends).containsEntry(claim.operation().operationId(), OperationState.FAILED);
            assertThat(world.states)
                    .containsEntry(claim.deployment().orElseThrow().deploymentId(), DeploymentState.FAILED);
            assertThat(world.failures.get(claim.operation().operationId()).code())
                    .isEqualTo(FailureCode.WORKFLOW_ENDED);
        }
    }

    @Test
    void givesTheTaskOfAKilledWorkerToAnotherOne() throws IOException {
        Process process = loneWorker();
        World world = new World();
        CompletableFuture<DeployWorkflow.Outcome> running;
        try (Stage outside = outside(world)) {
            DeployWorkflow.Request request = new DeployWorkflow.Request(
                    outside.newOperation(),
                    outside.newDeployment(),
                    Optional.empty(),
                    BuildWorkflow.Reuse.EARLIER_BUILD,
                    Optional.empty());
            String id = request.deployment().workflowId();
            running = WorkflowClient.execute(outside.stub(DeployWorkflow.class, id)::deploy, request);
            awaitLine(process, "holding");
            process.destroyForcibly();
            outside.employWorkers();
            assertThat(running.join().state()).isEqualTo(DeploymentState.RUNNING);
            assertThat(world.effects).doesNotContain("createRevision").contains("awaitHealthy", "routeTraffic");
            assertThat(outside.client().fetchHistory(id).getEvents().stream()
                            .filter(HistoryEvent::hasActivityTaskStartedEventAttributes)
                            .mapToInt(event -> event.getActivityTaskStartedEventAttributes()
                                    .getAttempt())
                            .max())
                    .hasValue(2);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Stage stage(World world) {
        return TestNamespace.stage(world);
    }

    private static Stage outside(World world) {
        return TestNamespace.outside(world);
    }

    private static Process loneWorker() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoneWorkerMain.class.getName(),
                        ADDRESS,
                        NAMESPACE)
                .redirectErrorStream(true)
                .start();
    }

    private static void awaitLine(Process process, String expected) throws IOException {
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.equals(expected)) {
            line = output.readLine();
        }
        assertThat(line).isEqualTo(expected);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** All payload bytes of a history, as text. */
    private static String decoded(String history) {
        StringBuilder all = new StringBuilder();
        DATA.matcher(history).results().forEach(match -> {
            try {
                byte[] bytes = Base64.getDecoder().decode(match.group(1).replace("\\u003d", "="));
                all.append(new String(bytes, StandardCharsets.ISO_8859_1)).append('\n');
            } catch (IllegalArgumentException notBase64) {
                // A name that only looked like it.
                all.append(match.group(1)).append('\n');
            }
        });
        return all.toString();
    }
}
