package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.failpoints.NextVersion;
import dev.berth.testkit.GitServer;
import dev.berth.testkit.RealPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** API and Temporal worker are replaced by a build with a changed workflow, as an operator does it, with deployments in flight. */
@RealPart({"api", "docker", "nix", "temporal", "registry", "failpoints"})
final class UpgradeTests {
    /** Twenty by itself, a few in every run. */
    private static final int DEPLOYMENTS = "all".equals(System.getenv("BERTH_TEST_EXTENT")) ? 20 : 6;
    /** So many have ended when the upgrade begins: the others are at work and in the queue. */
    private static final int BEFORE = 1;
    /** Every second one lingers, so that an upgrade meets several. */
    private static final int SOAK_SECONDS = 20;

    private static final Duration LONGEST = Duration.ofMinutes(8);

    @TempDir
    private static Path folder;

    private static GitServer git;
    private final RunningBerth berth = new RunningBerth();
    private final Map<String, App> apps = new LinkedHashMap<>();

    @BeforeAll
    static void serveRepositories() {
        git = GitServer.start(folder);
    }

    @AfterAll
    static void stopServing() {
        git.close();
    }

    @Test
    void deploymentsInFlightEndRightWhenApiAndTemporalWorkerAreReplaced() throws Exception {
        String repository = git.create("upgraded");
        git.commitCopyOf("upgraded", Path.of("..", "examples", "hello-node"));
        // Not in the test's folder: the stack runs on these from here on.
        NextBuild newer =
                NextBuild.in(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "next-build"));
        try (App standing = create("standing", repository)) {
            standing.deployed();
            try (SteadyVisitor visitor = new SteadyVisitor(standing, () -> true)) {
                String held = holdCanary(repository);
                while (apps.size() < DEPLOYMENTS) {
                    App app = create("upgraded", repository, "soakSeconds", apps.size() % 2 * SOAK_SECONDS);
                    apps.put(app.asked("deploy", Map.of()), app);
                }
                RunningBerth.await(
                        BEFORE + " of the deployments to end",
                        LONGEST,
                        () -> Optional.of(ended()).filter(ended -> ended.size() >= BEFORE));
                int inFlight = DEPLOYMENTS - ended().size();
                long worker = Launcher.part("temporal-worker").get("pid").asLong();
                long api = Launcher.part("api").get("pid").asLong();
                long postgres = Launcher.part("postgres").get("pid").asLong();
                String words = newer.up();
                long newWorker = Launcher.part("temporal-worker").get("pid").asLong();
                assertThat(newWorker).as(words).isNotEqualTo(worker);
                // The older one had ended by then.
                Instant replaced = ProcessHandle.of(newWorker)
                        .flatMap(process -> process.info().startInstant())
                        .orElseThrow();
                assertThat(Launcher.part("api").get("pid").asLong()).as(words).isNotEqualTo(api);
                assertThat(Launcher.part("postgres").get("pid").asLong())
                        .as("what has not changed runs on")
                        .isEqualTo(postgres);
                assertThat(apps.get(held)
                                .ask("deployments/" + deploymentOf(held) + "/promote", Map.of())
                                .status())
                        .isEqualTo(202);
                RunningBerth.await(
                        "the end of all deployments",
                        LONGEST,
                        () -> Optional.of(ended()).filter(ended -> ended.size() == DEPLOYMENTS));
                tell(inFlight, replaced, visitor);
                JsonNode next = standing.operated("deploy", Map.of());
                assertThat(history(next.get("deploymentId").asText()))
                        .as("begun by the newer build")
                        .contains(NextVersion.CHANGE);
            }
        } finally {
            apps.values().forEach(App::close);
        }
    }

    /**
     * A canary that nobody decides about until the newer build is there: however quick the machine, one deployment is begun by
     * the older build and ended by the newer.
     */
    private String holdCanary(String repository) {
        App app = create("held", repository, "strategy", "canary", "canaryWeight", 50);
        app.deployed();
        String operation = app.asked("restart", Map.of());
        apps.put(operation, app);
        RunningBerth.await(
                "a part of the traffic for the canary",
                RunningBerth.BUILD,
                () -> Optional.of(app.deployment(deploymentOf(operation)).path("canary"))
                        .filter(canary -> canary.has("since")));
        return operation;
    }

    private String deploymentOf(String operation) {
        return apps.get(operation).operation(operation).get("deploymentId").asText();
    }

    private void tell(int inFlight, Instant replaced, SteadyVisitor visitor) {
        Map<String, Integer> ends = new TreeMap<>();
        List<String> begunBefore = new ArrayList<>();
        apps.forEach((operation, app) -> {
            JsonNode row = app.operation(operation);
            ends.merge(row.get("status").asText(), 1, Integer::sum);
            app.awaitServed(Duration.ofSeconds(90));
            boolean endedAfter = Instant.parse(row.get("finishedAt").asText()).isAfter(replaced);
            if (endedAfter && !history(row.get("deploymentId").asText()).contains(NextVersion.CHANGE)) {
                begunBefore.add(operation);
            }
        });
        System.out.printf(
                "upgrade: %d deployments in flight, %d of them begun by the older build and ended by the newer; ends %s; %d visits meanwhile%n",
                inFlight, begunBefore.size(), ends, visitor.visits());
        assertThat(ends).isEqualTo(Map.of("succeeded", DEPLOYMENTS));
        assertThat(begunBefore).as("begun by the older build").isNotEmpty();
        assertThat(visitor.others(seen -> seen.status() == 200)).isEmpty();
    }

    private static String history(String deployment) {
        return Histories.all().stream()
                .filter(execution -> execution.workflowId().equals("deploy/" + deployment))
                .map(Histories::readable)
                .findFirst()
                .orElseThrow();
    }

    /** The operations that have ended; the API may be away. */
    private List<String> ended() {
        return apps.entrySet().stream()
                .filter(asked -> ChaosRun.quietly(
                                () -> Optional.of(asked.getValue().operation(asked.getKey())))
                        .filter(row -> !row.get("finishedAt").isNull())
                        .isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    private App create(String name, String repository, Object... overrides) {
        List<Object> fields = new ArrayList<>(List.of("soakSeconds", 0, "cpuLimit", 0.1, "memoryLimitMb", 64));
        fields.addAll(List.of(overrides));
        return berth.create(name, repository, fields.toArray());
    }
}
