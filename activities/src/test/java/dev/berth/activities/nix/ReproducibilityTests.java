package dev.berth.activities.nix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.RealPart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RealPart("nix")
class ReproducibilityTests {
    @TempDir
    Path folder;

    @Test
    void twoEmptyStoresGiveTheSameClosureToTheByte() throws IOException {
        List<String> first = build(folder.resolve("a"), "hello-node");
        List<String> second = build(folder.resolve("b"), "hello-node");

        assertThat(second).isEqualTo(first).isNotEmpty();
    }

    /** Path, size and hash of everything in the app's closure. */
    private static List<String> build(Path root, String example) throws IOException {
        try (OwnDaemon daemon = new OwnDaemon(root)) {
            Builder builder = new Builder(daemon.recipe.root());
            String output = builder.build(Builder.example(example));
            return builder.store.closure(output).stream()
                    .map(member -> member + " "
                            + builder.store
                                    .hashOfTree(builder.store.physical(member.path()))
                                    .integrity())
                    .toList();
        }
    }
}
