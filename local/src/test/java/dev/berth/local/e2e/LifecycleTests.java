package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.testkit.GitServer;
import dev.berth.testkit.RealPart;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service's life from its first start to its delete, through the API, seen at the edge and in Swarm. */
@RealPart({"api", "docker", "nix", "temporal", "registry"})
final class LifecycleTests {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Duration SOON = Duration.ofSeconds(90);
    /** Longer than the stop before may go on in the background. */
    private static final Duration DRAIN = Duration.ofSeconds(8);

    private static final String FIRST = "hello from version 1";

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
    void aServiceIsStartedScaledStoppedUpdatedAndStartedAgain() {
        String repository = git.create("life");
        git.commitCopyOf("life", EXAMPLES.resolve("hello-node"));
        try (App app = berth.create("life", repository)) {
            assertSucceeded(app.operated("start", Map.of()));
            app.awaitAnswer(FIRST, SOON);
            String first = app.service().get("currentDeploymentId").asText();

            assertSucceeded(app.operated("scale", Map.of("replicas", 3)));
            assertThat(replicas(first)).isEqualTo("3/3");
            assertSucceeded(app.operated("scale", Map.of("replicas", 1)));
            awaitReplicas(first, "1/1");
            app.awaitAnswer(FIRST, SOON);

            app.set("env", Map.of("GREETING", "hello with a setting"));
            assertSucceeded(app.operated("restart", Map.of()));
            app.awaitAnswer("hello with a setting", SOON);
            String second = app.service().get("currentDeploymentId").asText();
            assertThat(app.deployment(second).get("imageDigest"))
                    .as("a restart builds nothing")
                    .isEqualTo(app.deployment(first).get("imageDigest"));

            assertSucceeded(app.operated("stop", Map.of()));
            assertThat(app.visit().status()).isEqualTo(503);
            assertThat(app.service().get("status").asText()).isEqualTo("stopped");
            awaitReplicas(second, "0/0");
            assertSucceeded(app.operated("stop", Map.of()));
            assertThat(app.ask("restart", Map.of()).status()).isEqualTo(409);

            String kept = app.deployed("retired");
            assertThat(app.visit().status())
                    .as("a push starts no stopped service")
                    .isEqualTo(503);
            assertSucceeded(app.operated("start", Map.of()));
            app.awaitAnswer("hello with a setting", SOON);
            assertThat(app.service().get("currentDeploymentId").asText()).isEqualTo(kept);
            app.keepsAnswering("hello with a setting", Instant.now().plus(DRAIN));
            assertThat(app.service().get("status").asText()).isEqualTo("running");
        }
    }

    @Test
    void aScaleThatTheHostsHaveNoRoomForIsRefusedWithWhatIsMissing() {
        String repository = git.create("large");
        git.commitCopyOf("large", EXAMPLES.resolve("hello-node"));
        try (App app = berth.create("large", repository, "memoryLimitMb", 8192)) {
            String deployment = app.deployed().get("id").asText();
            RunningBerth.Answer refused = RunningBerth.await(
                    "507, once the hosts were looked at",
                    Duration.ofMinutes(1),
                    () -> Optional.of(app.ask("scale", Map.of("replicas", 100)))
                            .filter(answer -> answer.status() == 507));
            assertThat(refused.json().at("/shortages/0/resource").asText()).isNotEmpty();
            assertThat(replicas(deployment)).isEqualTo("1/1");
        }
    }

    /** Replicas that start after a given moment never get healthy. */
    @Test
    void aScaleThatDoesNotGetHealthyGoesBackAndWhatServedServes() {
        String repository = git.create("tight");
        git.commitCopyOf("tight", EXAMPLES.resolve("hello-node"));
        git.commit("tight", Map.of("server.js", """
                const well = Date.now() < Number(process.env.UNTIL ?? Infinity);
                require('node:http').createServer((request, response) => {
                  response.statusCode = well ? 200 : 503;
                  response.end('well\\n');
                }).listen(process.env.PORT);
                """));
        try (App app = berth.create("tight", repository, "healthDeadlineSeconds", 20)) {
            app.deployed();
            long until = System.currentTimeMillis() + 40_000;
            app.set("env", Map.of("UNTIL", Long.toString(until)));
            assertSucceeded(app.operated("restart", Map.of()));
            RunningBerth.await(
                    "the moment after which nothing gets healthy",
                    Duration.ofMinutes(1),
                    () -> Optional.of(System.currentTimeMillis()).filter(now -> now > until));
            JsonNode ended = app.operated("scale", Map.of("replicas", 2));
            assertThat(ended.get("status").asText()).as(ended.toString()).isEqualTo("failed");
            assertThat(ended.at("/reason/code").asText()).isNotEmpty();
            assertThat(app.service().get("replicas").asInt()).isEqualTo(1);
            awaitReplicas(app.service().get("currentDeploymentId").asText(), "1/1");
            app.awaitAnswer("well", SOON);
        }
    }

    private static void assertSucceeded(JsonNode operation) {
        assertThat(operation.get("status").asText()).as(operation.toString()).isEqualTo("succeeded");
    }

    private static void awaitReplicas(String deployment, String wanted) {
        RunningBerth.await(
                wanted + " replicas of " + deployment,
                Duration.ofMinutes(1),
                () -> Optional.of(replicas(deployment)).filter(wanted::equals));
    }

    private static String replicas(String deployment) {
        return Launcher.docker(
                "service", "ls", "--format", "{{.Replicas}}", "--filter", "label=berth.deployment=" + deployment);
    }
}
