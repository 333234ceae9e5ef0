package dev.berth.activities.nix;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Fetched files by their hash, shared by all stores and tenants of a machine: what a hash names is the same for everybody.
 *
 * <p>One folder per hash holds the file under the name by which it was asked for, since a file's name is part of its store
 * path. A file appears whole or not at all.
 */
final class ArtefactCache {
    private static final long LARGEST = 1L << 30;

    private final Path folder;

    ArtefactCache(Path folder) {
        this.folder = folder;
    }

    Optional<Path> find(ContentHash hash, String name) {
        Path home = home(hash);
        Path file = home.resolve(name);
        if (Files.isRegularFile(file)) {
            return Optional.of(file);
        }
        // The same content under another name.
        return anyIn(home).map(other -> {
            try {
                Files.copy(other, file);
                return file;
            } catch (FileAlreadyExistsException raced) {
                return file;
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
    }

    /**
     * Keeps what the stream holds.
     *
     * @throws HashMismatchException when it is something else; nothing is kept then
     */
    Path store(ContentHash hash, String name, InputStream content) throws IOException, HashMismatchException {
        Path home = home(hash);
        Files.createDirectories(home);
        Path part = folder.resolve(UUID.randomUUID() + ".part");
        try {
            ContentHash found = copy(content, part, hash.begin(), hash.algorithm());
            if (!found.equals(hash)) {
                throw new HashMismatchException(hash, found);
            }
            return Files.move(part, home.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Forgets a file that turned out to be broken. */
    void discard(ContentHash hash, String name) {
        try {
            Files.deleteIfExists(home(hash).resolve(name));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static ContentHash hashOf(Path file, String algorithm) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return copy(content, OutputStream.nullOutputStream(), ContentHash.begin(algorithm), algorithm);
        }
    }

    private Path home(ContentHash hash) {
        return folder.resolve(hash.algorithm() + "-" + hash.hex());
    }

    private static Optional<Path> anyIn(Path home) {
        if (!Files.isDirectory(home)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(home)) {
            return files.findFirst();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static ContentHash copy(InputStream content, Path file, MessageDigest digest, String algorithm)
            throws IOException {
        try (OutputStream output = Files.newOutputStream(file)) {
            return copy(content, output, digest, algorithm);
        }
    }

    private static ContentHash copy(InputStream content, OutputStream output, MessageDigest digest, String algorithm)
            throws IOException {
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            total += read;
            if (total > LARGEST) {
                throw new IOException("Larger than " + LARGEST + " bytes");
            }
            digest.update(buffer, 0, read);
            output.write(buffer, 0, read);
        }
        return ContentHash.of(algorithm, digest.digest());
    }
}
