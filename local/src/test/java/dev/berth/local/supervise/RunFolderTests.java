package dev.berth.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTests {
    @TempDir
    private Path folder;

    @Test
    void aWriteThatFailsLeavesNoDraft() throws IOException {
        Path inTheWay = Files.createDirectories(folder.resolve("part.json/in/the/way"));
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> new RunFolder(folder).write(RunRecord.none("part")))
                .withMessageStartingWith(folder.resolve("part.json") + " cannot be written");
        assertThat(inTheWay).exists();
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("part.json"));
        }
    }
}
