package dev.berth.local.e2e;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.testkit.GitServer;
import dev.berth.testkit.RealPart;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand requests for one service, and the same thousand once more: one of them wins. */
@RealPart({"api", "docker", "nix", "temporal", "registry"})
final class NewestWinsTests {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final int REQUESTS = 1_000;
    private static final AtomicInteger TOLD_TO_TRY_AGAIN = new AtomicInteger();
    /** On two busy cores that run the whole stack as well; what it took is printed. */
    private static final Duration ANSWERED = Duration.ofMinutes(1);

    /** What the API's 429 and 503 tell a client to wait. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    @TempDir
    private static Path folder;

    private static GitServer git;
    private final RunningBerth berth = new RunningBerth();

    @BeforeAll
    static void serveRepositories() {
        git = GitServer.start(folder);
    }

    @AfterAll
    static void stopServing() {
        git.close();
    }

    @Test
    void ofAThousandDeploysTheNewestRuns() throws Exception {
        stampede("crowd");
    }

    @Test
    void theyWaitForATemporalServerThatIsDown() throws Exception {
        Launcher.berth("stop", "temporal");
        try {
            stampede("crowd-later");
        } finally {
            Launcher.berth("start", "temporal");
            Launcher.awaitRunning("temporal", 0);
        }
    }

    private void stampede(String name) throws Exception {
        String repository = git.create(name);
        git.commitCopyOf(name, EXAMPLES.resolve("hello-node"));
        try (App app = berth.create(name, repository)) {
            List<String> first = sent(app, "first");
            List<String> again = sent(app, "again, with the same keys");
            assertThat(again).as("a repeat is the same operation").isEqualTo(first);
            Launcher.berth("start", "temporal");
            List<JsonNode> ended = first.stream().map(app::operationEnded).toList();
            Map<String, Long> ends = ended.stream()
                    .collect(groupingBy(operation -> operation.get("status").asText(), counting()));
            System.out.println("ends of " + REQUESTS + " deploys: " + ends);
            assertThat(ends.keySet()).isSubsetOf("succeeded", "superseded");
            String current = app.service().get("currentDeploymentId").asText();
            String newest = berth.call("GET", "/api/containers/services/" + app.id() + "/operations?limit=1", null)
                    .json()
                    .at("/items/0/deploymentId")
                    .asText();
            assertThat(current).isEqualTo(newest);
            app.awaitAnswer("hello from version 1", Duration.ofSeconds(90));
            RunningBerth.await(
                    "no container of a loser",
                    Duration.ofMinutes(2),
                    () -> Optional.of(runningDeployments(app)).filter(Set.of(current)::equals));
            assertThat(ends.get("succeeded"))
                    .as("those that were claimed before the last came")
                    .isLessThan(20);
        }
    }

    private static Set<String> runningDeployments(App app) {
        return Launcher.docker(
                        "ps",
                        "--filter",
                        "label=berth.service=" + app.id(),
                        "--format",
                        "{{.Label \"berth.deployment\"}}")
                .lines()
                .collect(toSet());
    }

    /** As a client does that was told to try again in a few seconds: under the same key. */
    private String accepted(App app, String key) {
        return RunningBerth.await("an answer for " + key, ANSWERED, () -> {
            RunningBerth.Answer answer = berth.keyed(key, "/api/containers/services/" + app.id() + "/deploy");
            if (answer.status() == 503 || answer.status() == 429) {
                TOLD_TO_TRY_AGAIN.incrementAndGet();
                LockSupport.parkNanos(RETRY_AFTER.toNanos());
                return Optional.empty();
            }
            return Optional.of(
                    RunningBerth.expect(202, answer).get("operationId").asText());
        });
    }

    /** All at once. @return the operations, in the order of their keys */
    private List<String> sent(App app, String what) throws InterruptedException, ExecutionException {
        Instant begin = Instant.now();
        List<Future<String>> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < REQUESTS; i++) {
                String key = app.id() + "-" + i;
                answers.add(clients.submit(() -> accepted(app, key)));
            }
        }
        List<String> operations = new ArrayList<>();
        for (Future<String> answer : answers) {
            operations.add(answer.get());
        }
        Duration took = Duration.between(begin, Instant.now());
        System.out.printf(
                "%d deploys, %s: all answered within %d ms, %d times told to try again until now%n",
                REQUESTS, what, took.toMillis(), TOLD_TO_TRY_AGAIN.get());
        assertThat(took).isLessThan(ANSWERED);
        return operations;
    }
}
