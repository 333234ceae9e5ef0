package dev.berth.activities.nix;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Takes a file out of a Debian package: the first executable of the package set, with which all others are unpacked. */
final class DebianPackage {
    private DebianPackage() {}

    /**
     * Puts the executable {@code path} of the package into {@code tree}, at the same place.
     *
     * @param path such as {@code bin/busybox}; looked for below {@code /} and {@code /usr}
     */
    static void extract(Path archive, String path, Path tree) throws IOException {
        try (ArArchiveInputStream parts =
                new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
            for (ArArchiveEntry part = parts.getNextEntry(); part != null; part = parts.getNextEntry()) {
                if (part.getName().startsWith("data.tar.xz")) {
                    extractFromTar(new XZCompressorInputStream(parts), path, tree.resolve(path));
                    return;
                }
            }
        }
        throw new IOException(archive.getFileName() + " is not a Debian package with an xz archive");
    }

    private static void extractFromTar(InputStream data, String path, Path target) throws IOException {
        TarArchiveInputStream files = new TarArchiveInputStream(data);
        for (TarArchiveEntry file = files.getNextEntry(); file != null; file = files.getNextEntry()) {
            String name = file.getName().startsWith("./") ? file.getName().substring(2) : file.getName();
            if (file.isFile() && (name.equals(path) || name.equals("usr/" + path))) {
                Files.createDirectories(target.getParent());
                Files.copy(files, target);
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-xr-xr-x"));
                return;
            }
        }
        throw new IOException("The package has no " + path);
    }
}
