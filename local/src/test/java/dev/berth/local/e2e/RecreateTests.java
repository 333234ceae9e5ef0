package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.testkit.GitServer;
import dev.berth.testkit.RealPart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One version at a time, on the whole stack. */
@RealPart({"api", "docker", "nix", "temporal", "registry"})
final class RecreateTests {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String SERVER = """
            if (process.env.FAILS) {
              throw new Error('there is no way to begin');
            }
            require('node:http').createServer((request, response) => {
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
    void versionsTakeTurnsAndVisitorsGetThePageInBetweenAndWhatEndedForABadOneServesAgain() {
        try (App app = serving();
                RunningVersions versions = RunningVersions.watched(app.id());
                Traffic traffic = new Traffic(app)) {
            traffic.awaitMore(20);
            JsonNode second = restarted(app, Map.of("SAYS", "new"), "succeeded");
            assertThat(second.get("status").asText()).isEqualTo("running");
            long gap = second.get("gapMs").asLong();
            app.awaitAnswer("new", SOON);

            JsonNode bad = restarted(app, Map.of("SAYS", "bad", "FAILS", "yes"), "failed");
            assertThat(bad.at("/reason/code").asText()).isEqualTo("crashed_on_start");
            app.awaitAnswer("new", SOON);
            assertThat(bad.get("gapMs").asLong()).isPositive();
            assertThat(app.service().get("currentDeploymentId").asText())
                    .isEqualTo(second.get("id").asText());

            JsonNode back = app.operated("rollback", Map.of());
            assertThat(back.get("status").asText()).as(back.toString()).isEqualTo("succeeded");
            app.awaitAnswer("old", SOON);
            traffic.awaitMore(20);
            traffic.close();
            System.out.println("one at a time: " + gap + " ms not served, " + traffic.seen());
            assertThat(traffic.seen().keySet())
                    .allMatch(seen -> seen.equals("200 old") || seen.equals("200 new") || seen.startsWith("503"));
            assertThat(gap).isBetween(100L, SOON.toMillis());
            assertThat(versions.overlaps()).isEmpty();
        }
    }

    private static JsonNode restarted(App app, Map<String, String> env, String end) {
        app.set("env", env);
        JsonNode ended = app.operationEnded(app.asked("restart", Map.of()));
        assertThat(ended.get("status").asText()).as(ended.toString()).isEqualTo(end);
        return app.deployment(ended.get("deploymentId").asText());
    }

    private App serving() {
        String repository = git.create("turns");
        git.commitCopyOf("turns", EXAMPLES.resolve("hello-node"));
        git.commit("turns", Map.of("server.js", SERVER));
        App app = berth.create(
                "turns", repository, "env", Map.of("SAYS", "old"), "soakSeconds", 1, "strategy", "recreate");
        app.deployed();
        app.awaitAnswer("old", SOON);
        return app;
    }
}
