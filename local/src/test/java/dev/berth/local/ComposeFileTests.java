package dev.berth.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.RealPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The production parts are described in a file that Compose itself accepts, with the settings of the example file. */
final class ComposeFileTests {
    @Test
    @RealPart("compose")
    void composeAcceptsTheFileWithTheExampleSettings(@TempDir Path folder) throws IOException, InterruptedException {
        Files.copy(Path.of("..", "docker-compose.yml"), folder.resolve("docker-compose.yml"));
        Files.copy(Path.of("..", ".env.example"), folder.resolve(".env"));
        ProcessBuilder builder = new ProcessBuilder(System.getenv("BERTH_TEST_COMPOSE"), "config", "--services")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("POSTGRES_PASSWORD", "for-the-check");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output.lines())
                .contains("postgres", "redis", "temporal", "temporal-ui", "registry", "edge", "api", "temporal-worker");
    }
}
