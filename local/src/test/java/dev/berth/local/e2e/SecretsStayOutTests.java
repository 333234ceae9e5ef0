package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.testkit.GitServer;
import dev.berth.testkit.RealPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A canary in an environment variable is sung nowhere but in the app. */
@RealPart({"api", "docker", "nix", "temporal", "registry"})
final class SecretsStayOutTests {
    private static final String CANARY = "canary-" + Long.toString(System.nanoTime(), 36);

    private final RunningBerth berth = new RunningBerth();

    @Test
    void anEnvironmentVariableIsInNoHistoryNoLogAndNoBuildOutput(@TempDir Path folder) throws IOException {
        try (GitServer git = GitServer.start(folder)) {
            String repository = git.create("canary");
            git.commitCopyOf("canary", Path.of("..", "examples", "hello-node"));
            try (App app = berth.create("canary", repository, "env", Map.of("GREETING", CANARY))) {
                JsonNode good = app.deployed();
                // It reached the app: the search below would find nothing in a stack that never carried it.
                assertThat(app.visit().body()).contains(CANARY);
                git.commit("canary", Map.of("server.js", "throw new Error('broken on purpose');\n"));
                JsonNode bad = app.ended(app.deploy());
                assertThat(bad.get("status").asText()).isEqualTo("failed");

                assertThat(app.buildLog(good.get("buildId").asText()))
                        .isNotBlank()
                        .doesNotContain(CANARY);
                assertThat(bad.toString()).doesNotContain(CANARY);
            }
        }
        List<Histories.Execution> executions = Histories.all();
        assertThat(executions.stream()
                        .map(execution -> execution.workflowId().split("/")[0])
                        .distinct())
                .contains("service", "build", "deploy");
        for (Histories.Execution execution : executions) {
            assertThat(Histories.readable(execution)).as(execution.workflowId()).doesNotContain(CANARY);
        }
        try (Stream<Path> logs = Files.walk(Path.of(RunningBerth.variable("BERTH_TEST_STATE"), "logs"))) {
            List<Path> files = logs.filter(Files::isRegularFile).toList();
            assertThat(files).isNotEmpty();
            for (Path file : files) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(CANARY);
            }
        }
    }
}
