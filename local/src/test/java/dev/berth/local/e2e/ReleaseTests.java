package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.testkit.GitServer;
import dev.berth.testkit.RealPart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release command runs in the new image before any of its replicas, and what fails in it never comes up. */
@RealPart({"api", "docker", "nix", "temporal", "registry"})
final class ReleaseTests {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final String SAYS = "console.log('migrating for', process.env.GREETING)";

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
    void whatItPrintsIsKeptAndItsFailureEndsTheDeployment() {
        String name = "released";
        String repository = git.create(name);
        git.commitCopyOf(name, EXAMPLES.resolve("hello-node"));
        try (App app = berth.create(name, repository)) {
            app.set("env", Map.of("GREETING", "the first"));
            app.set("releaseCommand", List.of("node", "-e", SAYS));
            String first = app.deployed().get("id").asText();
            assertThat(log(app, first)).isEqualTo("migrating for the first\n");
            assertThat(app.deployment(first).at("/release/status").asText()).isEqualTo("succeeded");
            app.awaitAnswer("the first", Duration.ofSeconds(90));

            app.set("env", Map.of("GREETING", "the second"));
            app.set("releaseCommand", List.of("node", "-e", SAYS + "; process.exit(3)"));
            JsonNode second = app.ended(app.deploy());
            assertThat(second.get("status").asText()).as(second.toString()).isEqualTo("failed");
            assertThat(second.at("/reason/code").asText()).isEqualTo("release_failed");
            assertThat(second.toString()).contains("migrating for the second");
            assertThat(second.at("/release/exitCode").asInt()).isEqualTo(3);
            assertThat(log(app, second.get("id").asText())).isEqualTo("migrating for the second\n");
            app.awaitAnswer("the first", Duration.ofSeconds(1));
            assertThat(Launcher.docker("service", "ls", "--quiet", "--filter", "label=berth.service=" + app.id())
                            .lines())
                    .as("nothing of the second, nor of its task")
                    .hasSize(1);
        }
    }

    private String log(App app, String deployment) {
        RunningBerth.Answer answer = berth.call(
                "GET", "/api/containers/services/" + app.id() + "/deployments/" + deployment + "/release-log", null);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }
}
