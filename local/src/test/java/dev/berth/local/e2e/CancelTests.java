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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cancel ends the work where it is done, within ten seconds, leaves nothing of it, and the next deployment starts at once. */
@RealPart({"api", "docker", "nix", "temporal", "registry"})
final class CancelTests {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Duration LIMIT = Duration.ofSeconds(10);
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
    void inTheBuildItsBuilderDies() {
        String name = "cancelled-build";
        String repository = git.create(name);
        git.commitCopyOf(name, EXAMPLES.resolve("hello-node"));
        // A number that only this builder's command line holds.
        String marker = "9" + (System.nanoTime() % 100_000_000);
        git.commit(name, Map.of("package.json", """
                {"name": "slow", "version": "1.0.0", "private": true,
                 "scripts": {"build": "sleep %s", "start": "node server.js"}}
                """.formatted(marker)));
        try (App app = berth.create(name, repository)) {
            String deployment = app.deploy();
            app.awaitStep(deployment, "realise derivation");
            RunningBerth.await(
                    "the builder's process",
                    RunningBerth.BUILD,
                    () -> Optional.of(marker).filter(CancelTests::isRunning));
            cancelled(app, deployment);
            RunningBerth.await(
                    "the end of the builder's process",
                    Duration.ofSeconds(5),
                    () -> Optional.of(marker).filter(command -> !isRunning(command)));
            String build = app.deployment(deployment).get("buildId").asText();
            assertThat(app.build(build).get("status").asText()).isEqualTo("cancelled");
            assertNothingLeft(app, 0);
            git.commitCopyOf(name, EXAMPLES.resolve("hello-node"));
            app.deployed();
            app.awaitAnswer(FIRST, Duration.ofSeconds(10));
        }
    }

    @Test
    void inTheWaitForHealthWhatServedServes() {
        String name = "cancelled-health";
        String repository = git.create(name);
        git.commitCopyOf(name, EXAMPLES.resolve("hello-node"));
        try (App app = berth.create(name, repository, "healthPath", "/health")) {
            app.deployed();
            git.commit(name, Map.of("server.js", """
                    require('node:http').createServer((request, response) => {
                      response.statusCode = 503;
                      response.end();
                    }).listen(process.env.PORT);
                    """));
            String deployment = app.deploy();
            app.awaitStep(deployment, "await healthy");
            cancelled(app, deployment);
            assertNothingLeft(app, 1);
            app.awaitAnswer(FIRST, Duration.ofSeconds(5));
            git.commitCopyOf(name, EXAMPLES.resolve("hello-node"));
            app.deployed();
        }
    }

    @Test
    void inTheSoakTheTrafficGoesBack() {
        String name = "cancelled-soak";
        String repository = git.create(name);
        git.commitCopyOf(name, EXAMPLES.resolve("hello-node"));
        try (App app = berth.create(name, repository, "soakSeconds", 0)) {
            app.deployed();
            app.set("soakSeconds", 600);
            app.set("env", Map.of("GREETING", "a version to take back"));
            String deployment = app.deploy();
            app.awaitStatus(deployment, "running", RunningBerth.BUILD);
            app.awaitAnswer("a version to take back", Duration.ofSeconds(10));
            Instant asked = Instant.now();
            app.asked("cancel", Map.of());
            app.awaitStatus(deployment, "rolled_back", LIMIT);
            System.out.printf("cancel in the soak: rolled back after %d ms%n", millisSince(asked));
            app.awaitAnswer(FIRST, Duration.ofSeconds(5));
            app.set("soakSeconds", 0);
            app.deployed();
        }
    }

    private static void cancelled(App app, String deployment) {
        Instant asked = Instant.now();
        String operation = app.asked("cancel", Map.of());
        JsonNode ended = RunningBerth.await(
                "the end of what was cancelled",
                LIMIT,
                () -> Optional.of(app.operation(operation))
                        .filter(row -> !row.get("finishedAt").isNull()));
        System.out.printf("cancel: ended after %d ms%n", millisSince(asked));
        assertThat(ended.get("status").asText()).as(ended.toString()).isEqualTo("cancelled");
        assertThat(app.deployment(deployment).get("status").asText()).isEqualTo("cancelled");
    }

    private static void assertNothingLeft(App app, int retained) {
        assertThat(Launcher.docker("service", "ls", "--quiet", "--filter", "label=berth.service=" + app.id())
                        .lines())
                .hasSize(retained);
        assertThat(Registry.tagsOf(app)).hasSize(retained);
    }

    /** Whatever process of this machine: the builders are children of the stack's own daemon. */
    private static boolean isRunning(String command) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.anyMatch(process -> process.info()
                    .commandLine()
                    .filter(line -> line.contains(command))
                    .isPresent());
        }
    }

    private static long millisSince(Instant begin) {
        return Duration.between(begin, Instant.now()).toMillis();
    }
}
