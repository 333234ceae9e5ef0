package dev.berth.activities.image;

import dev.berth.activities.Pulse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes a layer whose bytes depend on names, contents and executable bits alone: no time, no owner, no order of a file system.
 *
 * <p>The compressed bytes also depend on the JDK's zlib: the same JDK build gives the same digest everywhere, another one may
 * not. {@code diffId} never changes.
 */
final class LayerWriter implements AutoCloseable {
    /** Beyond it, Node's runtime (125 MB) takes three times as long to be 3 % smaller. */
    private static final int LEVEL = 4;

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final Pulse pulse;
    private final MessageDigest compressed = Image.sha256();
    private final MessageDigest plain = Image.sha256();
    private final TarArchiveOutputStream tar;

    LayerWriter(Path file, Pulse pulse) throws IOException {
        this.file = file;
        this.pulse = pulse;
        OutputStream out =
                new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER), compressed);
        this.tar = new TarArchiveOutputStream(
                new DigestOutputStream(new FixedGzip(out), plain), StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    void folder(String name, int mode, int owner) throws IOException {
        put(entry(name + "/", TarConstants.LF_DIR, mode, owner));
    }

    void file(String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = entry(name, TarConstants.LF_NORMAL, 0444, 0);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    void link(String name, String target) throws IOException {
        TarArchiveEntry entry = entry(name, TarConstants.LF_SYMLINK, 0777, 0);
        entry.setLinkName(target);
        put(entry);
    }

    /** A file, link or folder with all below it, read-only. Links are kept as they are, also those that lead nowhere. */
    void tree(String name, Path path) throws IOException {
        pulse.beat();
        if (Files.isSymbolicLink(path)) {
            link(name, Files.readSymbolicLink(path).toString());
        } else if (Files.isDirectory(path)) {
            folder(name, 0555, 0);
            for (Path child : children(path)) {
                tree(name + "/" + child.getFileName(), child);
            }
        } else {
            TarArchiveEntry entry = entry(name, TarConstants.LF_NORMAL, Files.isExecutable(path) ? 0555 : 0444, 0);
            entry.setSize(Files.size(path));
            tar.putArchiveEntry(entry);
            copy(path);
            tar.closeArchiveEntry();
        }
    }

    /** Finishes the layer. */
    Layer finish() throws IOException {
        tar.close();
        return new Layer(Image.digestOf(compressed.digest()), Image.digestOf(plain.digest()), Files.size(file), file);
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    private void copy(Path path) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(path)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                tar.write(buffer, 0, read);
                pulse.beat();
            }
        }
    }

    private void put(TarArchiveEntry entry) throws IOException {
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static TarArchiveEntry entry(String name, byte kind, int mode, int owner) {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind);
        entry.setMode(mode);
        entry.setIds(owner, owner);
        entry.setNames("", "");
        // Not 0: some programs take it for a broken date.
        entry.setModTime(1_000L);
        return entry;
    }

    /** Sorted by the bytes of the name, so that no locale has a say. */
    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted((left, right) -> Arrays.compareUnsigned(bytes(left), bytes(right)))
                    .toList();
        }
    }

    private static byte[] bytes(Path path) {
        return path.getFileName().toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The JDK writes no time and no name into the header. */
    private static final class FixedGzip extends GZIPOutputStream {
        FixedGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(LEVEL);
        }
    }
}
