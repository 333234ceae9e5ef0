package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.testkit.GitServer;
import dev.berth.testkit.RealPart;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes die with {@code kill -9} in the middle of things; the things end well, once. */
@RealPart({"api", "docker", "nix", "temporal", "registry"})
final class CrashTests {
    private static final Path EXAMPLES = Path.of("..", "examples");

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

    @ParameterizedTest
    @ValueSource(strings = {"temporal-worker", "api"})
    void aBuildGoesOnAfterTheProcessIsKilled(String part) {
        String name = "killed-build-" + part;
        String repository = git.create(name);
        git.commitCopyOf(name, EXAMPLES.resolve("express-node"));
        // Dependencies and source of its own: the same ones would be found built.
        git.commit(name, Map.of("package.json", slowBuild(Long.toString(System.nanoTime()))));
        try (App app = berth.create(name, repository)) {
            String deployment = app.deploy();
            app.awaitStep(deployment, "realise derivation");
            awaitLine(app, deployment, "the slow script has begun");
            Launcher.killAndAwaitReturn(part);
            JsonNode ended = app.ended(deployment);
            assertRanOnce(app, ended);
            // The modules were finished when the process died; the app's own derivation was not, and its builder died
            // with the worker that had asked for it.
            List<String> log =
                    app.buildLog(ended.get("buildId").asText()).lines().toList();
            assertThat(log)
                    .filteredOn(line -> line.equals("building node-modules-development"))
                    .as(String.join("\n", log))
                    .hasSize(1);
            assertThat(log)
                    .filteredOn(line -> line.equals("building node-modules"))
                    .hasSize(1);
            assertThat(log)
                    .filteredOn(line -> line.equals("the slow script has begun"))
                    .as(String.join("\n", log))
                    .hasSize(part.equals("api") ? 1 : 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"temporal-worker", "api"})
    void awaitingHealthGoesOnAfterTheProcessIsKilled(String part) {
        String name = "killed-health-" + part;
        String repository = git.create(name);
        git.commitCopyOf(name, EXAMPLES.resolve("hello-node"));
        git.commit(name, Map.of("server.js", HEALTHY_AFTER_TEN_SECONDS));
        try (App app = berth.create(name, repository, "healthPath", "/health")) {
            String deployment = app.deploy();
            app.awaitStep(deployment, "await healthy");
            Launcher.killAndAwaitReturn(part);
            assertRanOnce(app, app.ended(deployment));
        }
    }

    @Test
    void appsComeBackByThemselvesWhileAllOfBerthIsStopped() {
        String repository = git.create("alone");
        git.commitCopyOf("alone", EXAMPLES.resolve("hello-node"));
        try (App app = berth.create("alone", repository)) {
            String deployment = app.deployed().get("id").asText();
            for (String part : new String[] {"api", "temporal-worker", "temporal"}) {
                Launcher.berth("stop", part);
            }
            Instant stopped = Instant.now();
            try {
                String only = containersOf(deployment);
                Launcher.docker("kill", "--signal", "KILL", only);
                RunningBerth.await(
                        "the only replica to be dead",
                        Duration.ofSeconds(20),
                        () -> Optional.of(containersOf(deployment)).filter(running -> !running.contains(only)));
                app.awaitAnswer("hello from version 1", Duration.ofSeconds(40));
                Launcher.docker("restart", RunningBerth.variable("BERTH_TEST_EDGE_CONTAINER"));
                app.awaitAnswer("hello from version 1", Duration.ofSeconds(40));
                // Whatever would have expired without Berth has had its time.
                app.keepsAnswering("hello from version 1", stopped.plus(Duration.ofMinutes(1)));
            } finally {
                for (String part : new String[] {"temporal", "temporal-worker", "api"}) {
                    Launcher.berth("start", part);
                    Launcher.awaitRunning(part, 0);
                }
            }
        }
    }

    private static void awaitLine(App app, String deployment, String line) {
        String build = app.deployment(deployment).get("buildId").asText();
        RunningBerth.await(
                line + " in the build's log",
                RunningBerth.BUILD,
                () -> Optional.of(app.buildLog(build)).filter(log -> log.lines().anyMatch(line::equals)));
    }

    /** One image, one tag, one Swarm service, and an app that answers. */
    private static void assertRanOnce(App app, JsonNode deployment) {
        assertThat(deployment.get("status").asText()).as(deployment.toString()).isEqualTo("running");
        String id = deployment.get("id").asText();
        assertThat(Launcher.docker("service", "ls", "--quiet", "--filter", "label=berth.service=" + app.id())
                        .lines())
                .hasSize(1);
        assertThat(Launcher.docker("service", "ls", "--quiet", "--filter", "label=berth.deployment=" + id)
                        .lines())
                .hasSize(1);
        assertThat(Registry.tagsOf(app)).hasSize(1);
        assertThat(app.visit().status()).isEqualTo(200);
    }

    private static String containersOf(String deployment) {
        return Launcher.docker("ps", "--quiet", "--filter", "label=berth.deployment=" + deployment);
    }

    /** express-node with a script that takes its time, and with dependencies that nobody else has in just this form. */
    private static String slowBuild(String unique) {
        return """
                {"name": "slow", "version": "1.0.0", "private": true, "type": "module",
                 "scripts": {"build": "tsc; echo the slow script has begun; sleep 15", "start": "node dist/server.js"},
                 "engines": {"node": ">=18", "only-here": "%s"},
                 "dependencies": {"express": "^5.1.0"},
                 "devDependencies": {"@types/express": "^5.0.0", "@types/node": "^22.0.0", "typescript": "^5.9.0"}}
                """.formatted(unique);
    }

    private static final String HEALTHY_AFTER_TEN_SECONDS = """
            const start = Date.now();
            require('node:http')
              .createServer((request, response) => {
                response.statusCode = request.url === '/health' && Date.now() - start < 10000 ? 503 : 200;
                response.end('slow but well\\n');
              })
              .listen(process.env.PORT);
            """;
}
