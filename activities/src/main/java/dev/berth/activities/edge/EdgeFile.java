package dev.berth.activities.edge;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** The document's file in the folder that Traefik watches. A reader sees the old one or the new one, never a part. */
final class EdgeFile {
    private final Path file;
    private final Path next;

    /** @param directory made where it is missing */
    EdgeFile(Path directory) throws IOException {
        Files.createDirectories(directory);
        this.file = directory.resolve("berth.yml");
        // Traefik ignores endings that it does not know.
        this.next = directory.resolve("berth.next");
    }

    /** @return whether the file changed */
    boolean write(byte[] document) throws IOException {
        if (Arrays.equals(document, present())) {
            return false;
        }
        Files.write(next, document);
        try {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("The edge's folder cannot replace a file at once: " + file.getParent(), e);
        }
        return true;
    }

    private byte[] present() throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }
}
