package dev.berth.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.install.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions of {@code ./berth}, each by itself. */
final class BerthScriptTests {
    private static final Path SCRIPT = Path.of("..", "berth").toAbsolutePath().normalize();

    @TempDir
    private Path place;

    @Test
    void olderJarsAreRemovedAndNothingThatOnlySharesPartOfTheirPath() throws IOException {
        Path jars = Files.createDirectories(place.resolve("my checkout/target/jars"));
        Path bystander = Files.createDirectories(place.resolve("my"));
        for (int age = 1; age <= 5; age++) {
            Files.setLastModifiedTime(
                    Files.createDirectory(jars.resolve("build" + age)),
                    FileTime.from(Instant.now().minusSeconds(60L * age)));
        }
        assertThat(run("jars='" + jars + "'; remove_older_jars").succeeded()).isTrue();
        assertThat(bystander).exists();
        assertThat(jars.resolve("build3")).exists();
        assertThat(jars.resolve("build4")).doesNotExist();
        assertThat(jars.resolve("build5")).doesNotExist();
    }

    @Test
    void aJdkThatWasUnpackedHalfNeverStandsInTheCache() throws IOException {
        String half = """
                curl() { printf '%s' '"link": "http://127.0.0.1/jdk.tar.gz" "checksum": "WHOLE"' \
                    | sed "s/WHOLE/$(printf '%064d' 0)/"; }
                sha256sum() { cat >/dev/null; }
                tar() { mkdir -p "${@: -1}/jdk-25/bin"; touch "${@: -1}/jdk-25/release"; return STATUS; }
                """;
        Path jdk = place.resolve("cache/jdk/jdk-25");
        assertThat(run(half.replace("STATUS", "2") + "download_jdk").succeeded())
                .isFalse();
        assertThat(jdk).doesNotExist();
        assertThat(run(half.replace("STATUS", "0") + "download_jdk").output()).contains("Downloading");
        assertThat(jdk.resolve("release")).exists();
        try (var left = Files.list(place.resolve("cache"))) {
            assertThat(left).containsExactly(place.resolve("cache/jdk"));
        }
    }

    private Programs.Result run(String commands) throws IOException {
        return Programs.run(
                Duration.ofSeconds(20),
                Map.of("BERTH_CACHE", place.resolve("cache").toString()),
                List.of("bash", "-c", "source '" + SCRIPT + "'\n" + commands));
    }
}
