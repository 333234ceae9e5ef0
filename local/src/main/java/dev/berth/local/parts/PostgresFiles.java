package dev.berth.local.parts;

import dev.berth.local.LocalFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs: an archive on our class path, whose hash Maven checked, unpacked once into the cache. */
final class PostgresFiles {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final String VERSION = "18.6.0";

    private PostgresFiles() {}

    static Path folder(Path cache) {
        return cache.resolve("postgres-" + VERSION);
    }

    static void ensure(Path cache) throws IOException {
        if (Files.isDirectory(folder(cache))) {
            return;
        }
        Files.createDirectories(cache);
        Path draft = Files.createTempDirectory(cache, "postgres-new");
        unpack(draft);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            Files.move(draft, folder(cache), StandardCopyOption.ATOMIC_MOVE);
        } catch (java.nio.file.FileSystemException another) {
            // Someone else unpacked it meanwhile; the draft is thrown away by whoever empties the cache.
            if (!Files.isDirectory(folder(cache))) {
                throw another;
            }
        }
    }

    private static void unpack(Path target) throws IOException {
        try (InputStream archive = PostgresFiles.class.getResourceAsStream(ARCHIVE)) {
            if (archive == null) {
                throw new LocalFailure(
                        "No PostgreSQL for this machine comes with Berth; it needs x86-64 Linux with glibc.");
            }
            try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    write(tar, entry, target);
                }
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("The archive reaches outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
        } else if (entry.isSymbolicLink()) {
            Files.createDirectories(file.getParent());
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.createDirectories(file.getParent());
            Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
            if ((entry.getMode() & 0111) != 0) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
