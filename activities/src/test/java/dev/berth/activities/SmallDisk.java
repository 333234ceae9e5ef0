package dev.berth.activities;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A real disk of a few megabytes, for as long as it is open. Needs root. */
public record SmallDisk(Path folder) implements AutoCloseable {
    public static SmallDisk at(Path folder, int megabytes) {
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "small-disk", folder.toString());
        return new SmallDisk(folder);
    }

    @Override
    public void close() {
        run("umount", "--lazy", folder.toString());
    }

    private static void run(String... command) {
        try {
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
