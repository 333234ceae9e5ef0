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
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part of the traffic first, on the whole stack. */
@RealPart({"api", "docker", "nix", "temporal", "registry"})
final class CanaryTests {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Duration SOON = Duration.ofMinutes(1);
    /** Healthy at all times; what visitors see fails every third time where the environment says so. */
    private static final String SERVER = """
            let asked = 0;
            require('node:http').createServer((request, response) => {
              const fails = process.env.FAILS && request.url !== '/health' && ++asked % 3 === 0;
              response.statusCode = fails ? 500 : 200;
              response.end(process.env.SAYS + '\\n');
            }).listen(process.env.PORT);
            """;

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
    void aVersionThatAnswersErrorsAtTimesIsAbortedByItselfWhileTheOldOneGoesOnServing() {
        try (App app = serving("bad-canary");
                Traffic traffic = new Traffic(app)) {
            app.set("env", Map.of("SAYS", "new", "FAILS", "yes"));
            String operation = app.asked("restart", Map.of());
            JsonNode ended = app.operationEnded(operation);
            assertThat(ended.get("status").asText()).as(ended.toString()).isEqualTo("failed");
            assertThat(ended.at("/reason/code").asText()).isEqualTo("canary_errors");
            assertThat(ended.at("/reason/evidence").asText()).contains("answered by 5xx");
            JsonNode deployment = app.deployment(ended.get("deploymentId").asText());
            assertThat(deployment.get("status").asText()).isEqualTo("failed");
            assertThat(deployment.at("/canary/decision").asText()).isEqualTo("abort");
            assertThat(deployment.at("/canary/errors").asInt()).isPositive();
            int errors = traffic.seen().getOrDefault("500 new", 0);
            traffic.awaitMore(200);
            traffic.close();
            System.out.println("aborted by errors: " + traffic.seen());
            assertThat(traffic.seen().keySet()).isEqualTo(Set.of("200 old", "200 new", "500 new"));
            assertThat(traffic.seen()).containsEntry("500 new", errors);
            assertThat(app.service().get("status").asText()).isEqualTo("running");
            assertThat(app.visit().body().strip()).isEqualTo("old");
        }
    }

    @Test
    void aGoodOneIsPromotedThroughTheApiAndNoRequestIsLostAlthoughTheWorkerDiesMeanwhile() {
        try (App app = serving("good-canary");
                Traffic traffic = new Traffic(app)) {
            app.set("env", Map.of("SAYS", "new"));
            String operation = app.asked("restart", Map.of());
            String deployment = app.operation(operation).get("deploymentId").asText();
            JsonNode canary = awaitCanary(app, deployment);
            assertThat(canary.get("weight").asInt()).isEqualTo(50);
            assertThat(canary.get("decision").isNull()).isTrue();
            assertThat(app.deployment(deployment).get("status").asText()).isEqualTo("deploying");
            awaitCounted(app, deployment, 20);
            Launcher.killAndAwaitReturn("temporal-worker");
            assertThat(traffic.seen()).containsKeys("200 old", "200 new");
            awaitCounted(app, deployment, requests(app, deployment) + 20);
            assertThat(app.ask("deployments/" + deployment + "/promote", Map.of())
                            .status())
                    .isEqualTo(202);
            assertThat(app.ask("deployments/" + deployment + "/abort", Map.of()).status())
                    .as("the first decision stands")
                    .isEqualTo(409);
            assertThat(app.operationEnded(operation).get("status").asText()).isEqualTo("succeeded");
            assertThat(app.service().get("currentDeploymentId").asText()).isEqualTo(deployment);
            traffic.awaitMore(100);
            traffic.close();
            System.out.println("promoted: " + traffic.seen());
            assertThat(traffic.seen().keySet()).isEqualTo(Set.of("200 old", "200 new"));
            app.keepsAnswering("new", Instant.now().plusSeconds(1));
        }
    }

    @Test
    void aPersonAbortsItAndAStopEndsIt() {
        try (App app = serving("left-canary")) {
            app.set("env", Map.of("SAYS", "new"));
            String operation = app.asked("restart", Map.of());
            String deployment = app.operation(operation).get("deploymentId").asText();
            awaitCanary(app, deployment);
            assertThat(app.ask("deployments/" + deployment + "/abort", Map.of()).status())
                    .isEqualTo(202);
            assertThat(app.operationEnded(operation).get("status").asText()).isEqualTo("cancelled");
            assertThat(app.deployment(deployment).get("status").asText()).isEqualTo("cancelled");
            app.keepsAnswering("old", Instant.now().plusSeconds(1));

            String again = app.asked("restart", Map.of());
            awaitCanary(app, app.operation(again).get("deploymentId").asText());
            JsonNode stopped = app.operated("stop", Map.of());
            assertThat(stopped.get("status").asText()).as(stopped.toString()).isEqualTo("succeeded");
            assertThat(app.operation(again).get("status").asText()).isEqualTo("superseded");
            assertThat(app.visit().status()).isEqualTo(503);
        }
    }

    /** A service whose next version gets half of the requests until somebody decides. */
    private App serving(String name) {
        String repository = git.create(name);
        git.commitCopyOf(name, EXAMPLES.resolve("hello-node"));
        git.commit(name, Map.of("server.js", SERVER));
        App app = berth.create(
                name,
                repository,
                "healthPath",
                "/health",
                "env",
                Map.of("SAYS", "old"),
                "soakSeconds",
                1,
                "strategy",
                "canary",
                "canaryWeight",
                50);
        app.deployed();
        app.awaitAnswer("old", SOON);
        return app;
    }

    private static JsonNode awaitCanary(App app, String deployment) {
        return RunningBerth.await(
                "a part of the traffic for " + deployment,
                RunningBerth.BUILD,
                () -> Optional.of(app.deployment(deployment).path("canary")).filter(canary -> canary.has("since")));
    }

    private static void awaitCounted(App app, String deployment, long requests) {
        RunningBerth.await(
                requests + " requests of the canary",
                SOON,
                () -> Optional.of(requests(app, deployment)).filter(now -> now >= requests));
    }

    private static long requests(App app, String deployment) {
        return app.deployment(deployment).at("/canary/requests").asLong();
    }
}
