package dev.berth.activities.nix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.testkit.RealPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mirror drops old versions of Debian packages; a fresh machine must still get a package set. */
@RealPart("nix")
class PinReplacementTests {
    @TempDir
    Path folder;

    private final List<String> notices = new ArrayList<>();
    private NixStore store;

    @BeforeEach
    void aPackageSetWhoseVersionsNoMirrorHas() throws IOException {
        store = Builder.onTheRealStore().store;
        Files.writeString(folder.resolve("pins.json"), """
                {
                  "busybox-static": {"kind": "deb", "package": "busybox-static", "version": "1:0-0", "suite": "bookworm",
                    "file": "busybox-static_0-0_amd64.deb", "path": "pool/main/b/busybox/busybox-static_0-0_amd64.deb",
                    "hash": "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "executable": "bin/busybox",
                    "tree": "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}
                }
                """);
    }

    @Test
    void theSuitesPresentVersionTakesThePlaceOfOneThatIsGoneAndStaysThere() {
        prefetcher().fetchPins(notices::add, () -> {});

        assertThat(notices)
                .singleElement()
                .asString()
                .contains("No mirror has busybox-static 1:0-0 any more; using 1:");
        Pins pins = new Pins(folder.resolve("pins.json"), folder.resolve("cache"));
        Pin instead = pins.all().get("busybox-static");
        assertThat(instead.file()).doesNotContain("%", ":").endsWith("_amd64.deb");
        assertThat(store.missing(
                        List.of(
                                instead.storePath(),
                                StorePaths.ofTree(instead.tree().orElseThrow(), "busybox")),
                        () -> {}))
                .isEmpty();
        assertThat(pins.file())
                .isEqualTo(folder.resolve("cache/pins.json"))
                .content()
                .contains(instead.version());

        notices.clear();
        prefetcher().fetchPins(notices::add, () -> {});

        assertThat(notices).isEmpty();
    }

    @Test
    void aReplacementEndsWithThePinThatItReplaced() throws IOException {
        prefetcher().fetchPins(notices::add, () -> {});
        Path pins = folder.resolve("pins.json");
        Files.writeString(
                pins, Files.readString(pins).replace("1:0-0", "1:0-1").replace("\"sha256-AAAA", "\"sha256-BAAA"));

        assertThat(new Pins(pins, folder.resolve("cache"))
                        .all()
                        .get("busybox-static")
                        .version())
                .isEqualTo("1:0-1");
        assertThat(new Pins(pins, folder.resolve("cache")).file()).isEqualTo(pins);
    }

    private Prefetcher prefetcher() {
        return new Prefetcher(store, folder, folder.resolve("cache"));
    }
}
