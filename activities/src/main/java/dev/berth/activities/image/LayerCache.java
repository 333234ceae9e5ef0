package dev.berth.activities.image;

import dev.berth.activities.Pulse;
import dev.berth.domain.ImageDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Layers on disk by what they hold. Two files each: {@code KEY.tar.gz}, and {@code KEY.layer} with its digests, which is
 * written last and makes it valid. Several processes may use one folder; the worst that happens is that one layer is made
 * twice.
 */
public final class LayerCache {
    private static final Duration IN_USE = Duration.ofHours(1);

    private final Path folder;
    private final long byteLimit;

    /** @param byteLimit what is kept at most; layers used in the last hour stay in any case */
    public LayerCache(Path folder, long byteLimit) {
        this.folder = folder;
        this.byteLimit = byteLimit;
        try {
            Files.createDirectories(folder);
        } catch (IOException disk) {
            throw new UncheckedIOException("Cannot make the folder of layers", disk);
        }
    }

    /** @param content names everything that the layer's bytes depend on */
    Optional<Layer> find(String content) {
        Path facts = facts(key(content));
        try {
            List<String> lines = Files.readAllLines(facts);
            Path file = blob(key(content));
            Layer layer = new Layer(
                    new ImageDigest(lines.get(0)), new ImageDigest(lines.get(1)), Long.parseLong(lines.get(2)), file);
            if (Files.size(file) != layer.bytes()) {
                return Optional.empty();
            }
            Files.setLastModifiedTime(facts, FileTime.from(Instant.now()));
            return Optional.of(layer);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException | RuntimeException unreadable) {
            // Half a file after a power cut; it is made again.
            return Optional.empty();
        }
    }

    Layer findOrWrite(String content, Pulse pulse, Filling filling) {
        return find(content).orElseGet(() -> write(key(content), pulse, filling));
    }

    /** The file system that layers are written to. */
    long usableBytes() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException disk) {
            throw new UncheckedIOException("Cannot ask the disk of layers for its free space", disk);
        }
    }

    /** Removes what was not used for longest until the limit is kept, and what killed processes left. */
    public void prune() {
        Instant recently = Instant.now().minus(IN_USE);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> oldestFirst = files.filter(file -> modified(file).isBefore(recently))
                    .sorted(Comparator.comparing(LayerCache::modified))
                    .toList();
            long bytes = totalBytes();
            for (Path file : oldestFirst) {
                String name = file.getFileName().toString();
                if (name.endsWith(".partial")) {
                    Files.deleteIfExists(file);
                } else if (name.endsWith(".layer") && bytes > byteLimit) {
                    Path blob = blob(name.substring(0, name.length() - ".layer".length()));
                    bytes -= Files.exists(blob) ? Files.size(blob) : 0;
                    Files.deleteIfExists(file);
                    Files.deleteIfExists(blob);
                }
            }
        } catch (IOException disk) {
            throw new UncheckedIOException("Cannot prune the layers", disk);
        }
    }

    private Layer write(String key, Pulse pulse, Filling filling) {
        Path partial = folder.resolve(key + "." + UUID.randomUUID() + ".partial");
        try {
            Layer written;
            try (LayerWriter writer = new LayerWriter(partial, pulse)) {
                filling.fill(writer);
                written = writer.finish();
            }
            Layer layer = new Layer(written.digest(), written.diffId(), written.bytes(), blob(key));
            Files.move(partial, layer.file(), StandardCopyOption.ATOMIC_MOVE);
            Files.write(partial, List.of(layer.digest().value(), layer.diffId().value(), Long.toString(layer.bytes())));
            Files.move(partial, facts(key), StandardCopyOption.ATOMIC_MOVE);
            return layer;
        } catch (IOException disk) {
            throw new UncheckedIOException("Cannot write a layer", disk);
        } finally {
            try {
                Files.deleteIfExists(partial);
            } catch (IOException left) {
                // Pruning removes it.
            }
        }
    }

    private long totalBytes() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static Instant modified(Path file) {
        return Instant.ofEpochMilli(file.toFile().lastModified());
    }

    private Path facts(String key) {
        return folder.resolve(key + ".layer");
    }

    private Path blob(String key) {
        return folder.resolve(key + ".tar.gz");
    }

    private static String key(String content) {
        return HexFormat.of().formatHex(Image.sha256().digest(content.getBytes(StandardCharsets.UTF_8)), 0, 20);
    }

    @FunctionalInterface
    interface Filling {
        void fill(LayerWriter layer) throws IOException;
    }
}
