package dev.berth.activities.nix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.RealPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorePathsTests {
    @TempDir
    Path folder;

    @Test
    void theShellOfThePackageSetIsWhereItWasSeen() {
        ContentHash tree = ContentHash.parse("sha256-SUza0DfPfQp17oFvwGC5JmPeEwlgKv9DwvnOVdreTEA=");

        assertThat(StorePaths.ofTree(tree, "busybox")).isEqualTo("/nix/store/71fc7s32zl20dc955bhghy5dvalm7ndz-busybox");
    }

    @RealPart("nix")
    @ParameterizedTest
    @ValueSource(strings = {"sha1", "sha256", "sha512"})
    void aFileIsWhereNixPutsIt(String algorithm) throws IOException {
        Path file = Files.writeString(folder.resolve("a-1.0.0.tgz"), "content");
        ContentHash hash = ArtefactCache.hashOf(file, algorithm);

        assertThat(Builder.onTheRealStore().store.addFiles(algorithm, List.of(file), () -> {}))
                .containsExactly(StorePaths.ofFile(hash, "a-1.0.0.tgz"));
    }
}
