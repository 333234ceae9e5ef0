package dev.berth.failpoints;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Where a process waits. */
final class Gate {
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Optional<Path> folder;

    private Gate(Optional<Path> folder) {
        this.folder = folder;
    }

    static Gate at(Path folder) {
        return new Gate(Optional.of(folder));
    }

    static Gate ofThisProcess() {
        return new Gate(Optional.ofNullable(System.getenv(Failpoint.VARIABLE))
                .filter(text -> !text.isBlank())
                .map(Path::of));
    }

    /**
     * Returns at once unless a test asks for this point and nobody has come here before; else when the test lets go. An interrupt
     * ends the waiting and stays set.
     *
     * @param meanwhile called again and again while it waits
     */
    void pass(Failpoint point, Runnable meanwhile) {
        folder.ifPresent(open -> {
            Path held = open.resolve(point.held());
            if (take(open.resolve(point.asked()), held)) {
                while (Files.exists(held) && !Thread.currentThread().isInterrupted()) {
                    meanwhile.run();
                    LockSupport.parkNanos(LOOK.toNanos());
                }
            }
        });
    }

    /** A rename succeeds once, whoever tries. */
    private static boolean take(Path asked, Path held) {
        try {
            Files.move(asked, held, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException notAsked) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
