package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real, small disk in a folder's place for as long as it is open; what the folder held comes back with its end. */
record SmallDisk(Path folder) implements AutoCloseable {
    static SmallDisk inPlaceOf(Path folder, int megabytes) {
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "small-disk", folder.toString());
        return new SmallDisk(folder);
    }

    @Override
    public void close() {
        // Lazily: the worker may still have a file of it open.
        run("umount", "--lazy", folder.toString());
    }

    private static void run(String... command) {
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).as(command[0]).isTrue();
            assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
