package dev.berth.activities.nix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.activities.builds.NixClosures;
import dev.berth.activities.image.ImagePacker;
import dev.berth.activities.image.LayerCache;
import dev.berth.domain.ImageDigest;
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
    void twoEmptyStoresGiveTheSameClosureToTheByteAndTheSameImage() throws IOException {
        Made first = make("a");
        Made second = make("b");

        assertThat(second.closure()).isEqualTo(first.closure()).isNotEmpty();
        assertThat(second.image()).isEqualTo(first.image());
        System.out.println("Two empty stores gave " + first.image().value());
    }

    /** Nothing is shared between two of these but the downloaded artefacts: own store, own layer cache. */
    private Made make(String name) throws IOException {
        try (OwnDaemon daemon = new OwnDaemon(folder.resolve(name))) {
            Builder builder = new Builder(daemon.recipe.root());
            String output = builder.build(Builder.example("hello-node"));
            ImagePacker packer = new ImagePacker(
                    new NixClosures(builder.store), new LayerCache(folder.resolve(name + "-layers"), Long.MAX_VALUE));
            List<String> closure = builder.store.closure(output).stream()
                    .map(member -> member + " "
                            + builder.store
                                    .hashOfTree(builder.store.physical(member.path()))
                                    .integrity())
                    .toList();
            return new Made(closure, packer.pack(output, () -> {}).digest());
        }
    }

    /** @param closure path, size and hash of everything in it */
    private record Made(List<String> closure, ImageDigest image) {}
}
