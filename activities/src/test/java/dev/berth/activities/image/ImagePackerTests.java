package dev.berth.activities.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.domain.FailureCode;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImagePackerTests {
    private static final long PLENTY = Long.MAX_VALUE;

    @TempDir
    private Path folder;

    @Test
    void givesTheSameBytesForTheSameClosureOnTwoMachines() throws IOException {
        Image one = pack("one", "v1");
        Image two = pack("two", "v1");
        assertThat(two.manifest()).isEqualTo(one.manifest());
        assertThat(two.configuration()).isEqualTo(one.configuration());
        assertThat(two.digest()).isEqualTo(one.digest());
        for (int i = 0; i < one.layers().size(); i++) {
            assertThat(two.layers().get(i).file())
                    .hasSameBinaryContentAs(one.layers().get(i).file());
        }
    }

    @Test
    void changesTheLastLayerAloneForAChangeOfTheApp() {
        Image one = pack("one", "v1");
        Image two = pack("one", "v2");
        assertThat(digests(two).subList(0, two.layers().size() - 1))
                .isEqualTo(digests(one).subList(0, one.layers().size() - 1));
        assertThat(two.layers().getLast().digest())
                .isNotEqualTo(one.layers().getLast().digest());
        assertThat(two.layers().getLast().bytes()).isLessThan(100_000);
    }

    @Test
    void doesNotReadWhatTheCacheHas() throws IOException {
        Image one = pack("one", "v1");
        FabricatedStore store = FabricatedStore.withApp(folder.resolve("one/store"), "v1");
        Files.writeString(store.physical(store.output()).resolve("app/server.js"), "never read");
        assertThat(packer("one", store, PLENTY).pack(store.output(), () -> {})).isEqualTo(one);
    }

    @Test
    void makesALayerAgainThatTheCacheLost() throws IOException {
        Image one = pack("one", "v1");
        Files.delete(one.layers().getLast().file());
        Files.writeString(one.layers().getFirst().file(), "cut off");
        Image again = pack("one", "v1");
        assertThat(again).isEqualTo(one);
        assertThat(again.layers()).allSatisfy(layer -> assertThat(layer.file()).hasSize(layer.bytes()));
    }

    @Test
    void keepsLinksAndExecutableBitsAndNothingElse() throws IOException {
        FabricatedStore store = FabricatedStore.withApp(folder.resolve("one/store"), "v1");
        Image image = packer("one", store, PLENTY).pack(store.output(), () -> {});
        Map<String, TarArchiveEntry> entries = entries(image);
        String app = store.output().substring(1);
        assertThat(entries.get(app + "/bin/start").getMode() & 07777).isEqualTo(0555);
        assertThat(entries.get(app + "/app/server.js").getMode() & 07777).isEqualTo(0444);
        assertThat(entries.get(app + "/app/").getMode() & 07777).isEqualTo(0555);
        assertThat(entries.get(app + "/app/dangling").getLinkName()).isEqualTo("/nowhere/at/all");
        assertThat(entries).containsKey(app + "/app/" + "n".repeat(150) + ".js");
        assertThat(entries.keySet()).anyMatch(name -> name.endsWith("-library3/lib/é3.so"));
        assertThat(entries.get("tmp/").getMode() & 07777).isEqualTo(01777);
        assertThat(entries.get("home/app/").getLongUserId()).isEqualTo(1000);
        assertThat(entries.get("data/").getLongUserId())
                .as("an empty volume gets it")
                .isEqualTo(1000);
        assertThat(entries.get("data/").getMode() & 07777).isEqualTo(0755);
        assertThat(entries.get("bin/berth-probe").getLinkName()).endsWith("-berth-probe/bin/berth-probe");
        assertThat(entries.get("bin/sh").getLinkName()).endsWith("-busybox/bin/busybox");
        assertThat(entries).containsKeys("nix/", "nix/store/", "etc/passwd", "etc/group", "etc/nsswitch.conf");
        assertThat(entries.values()).allSatisfy(entry -> {
            assertThat(entry.getLastModifiedTime()).isEqualTo(FileTime.fromMillis(1_000));
            assertThat(entry.getLongUserId()).isIn(0L, 1000L);
            assertThat(entry.getUserName()).isEmpty();
        });
    }

    @Test
    void runsTheStartProgramAsAnOrdinaryUser() throws IOException {
        FabricatedStore store = FabricatedStore.withApp(folder.resolve("one/store"), "v1");
        Image image = packer("one", store, PLENTY).pack(store.output(), () -> {});
        JsonNode config = new ObjectMapper().readTree(image.configuration()).get("config");
        assertThat(config.get("User").asText()).isEqualTo("1000:1000");
        assertThat(config.get("Entrypoint").get(0).asText()).isEqualTo(store.output() + "/bin/start");
    }

    @Test
    void refusesAnOutputWithoutAProbe() throws IOException {
        FabricatedStore store = FabricatedStore.withApp(folder.resolve("one/store"), "v1");
        Files.delete(store.physical(store.output()).resolve("nix-support/berth-probe"));
        assertThatThrownBy(() -> packer("one", store, PLENTY).pack(store.output(), () -> {}))
                .hasMessageContaining("does not say where its probe is");
    }

    @Test
    void readsTheProbesPathFromAFileToo() throws IOException {
        FabricatedStore store = FabricatedStore.withApp(folder.resolve("one/store"), "v1");
        Path pointer = store.physical(store.output()).resolve("nix-support/berth-probe");
        String probe = Files.readSymbolicLink(pointer).toString();
        Files.delete(pointer);
        Files.writeString(pointer, probe + "\n");
        assertThat(packer("one", store, PLENTY).pack(store.output(), () -> {}).layers())
                .isNotEmpty();
    }

    @Test
    void refusesAnImageThatTheDiskCannotHoldAndLeavesNothing() throws IOException {
        FabricatedStore store = FabricatedStore.withApp(folder.resolve("one/store"), "v1");
        ApplicationFailure thrown = catchThrowableOfType(
                ApplicationFailure.class, () -> packer("one", store, 10 << 20).pack(store.output(), () -> {}));
        assertThat(thrown.getType()).isEqualTo(FailureCode.NO_SPACE.name());
        assertThat(thrown.getMessage()).contains("10 MB are free");
        assertThat(cached("one")).isEmpty();
    }

    @Test
    void leavesNoHalfLayerWhenItIsCancelled() throws IOException {
        FabricatedStore store = FabricatedStore.withApp(folder.resolve("one/store"), "v1");
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> packer("one", store, PLENTY).pack(store.output(), () -> {
                    throw new CancellationException();
                }));
        assertThat(cached("one")).noneMatch(file -> file.endsWith(".partial"));
    }

    @Test
    void prunesWhatWasNotUsedForLongest() throws IOException {
        pack("one", "v1");
        for (String file : cached("one")) {
            Files.setLastModifiedTime(folder.resolve("one/layers").resolve(file), FileTime.fromMillis(0));
        }
        new LayerCache(folder.resolve("one/layers"), 1).prune();
        assertThat(cached("one")).isEmpty();
    }

    private Image pack(String machine, String source) {
        FabricatedStore store = FabricatedStore.withApp(folder.resolve(machine + "/" + source), source);
        return packer(machine, store, PLENTY).pack(store.output(), () -> {});
    }

    private ImagePacker packer(String machine, StorePaths store, long usableBytes) {
        LayerCache cache = new LayerCache(folder.resolve(machine).resolve("layers"), PLENTY);
        return new ImagePacker(store, cache, () -> usableBytes);
    }

    private List<String> cached(String machine) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(machine).resolve("layers"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static List<String> digests(Image image) {
        return image.layers().stream().map(layer -> layer.digest().value()).toList();
    }

    private static Map<String, TarArchiveEntry> entries(Image image) throws IOException {
        Map<String, TarArchiveEntry> entries = new HashMap<>();
        for (Layer layer : image.layers()) {
            List<String> names = new ArrayList<>();
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(layer.file())), "UTF-8")) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    entries.put(entry.getName(), entry);
                    names.add(entry.getName());
                }
            }
            assertThat(names).doesNotHaveDuplicates();
        }
        return entries;
    }
}
