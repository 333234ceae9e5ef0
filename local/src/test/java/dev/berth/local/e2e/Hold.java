package dev.berth.local.e2e;

import dev.berth.failpoints.Failpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** A point at which one process of the stack under test is to wait: the test's end of {@link Failpoint}. */
final class Hold {
    private static final Path FOLDER = Path.of(RunningBerth.variable("BERTH_TEST_FAILPOINTS"));
    private static final Duration REACHED = Duration.ofMinutes(1);

    private final Failpoint point;

    private Hold(Failpoint point) {
        this.point = point;
    }

    /** The first process that comes there from now on waits. */
    static Hold ask(Failpoint.Side side, String effect, App app) {
        Hold hold = new Hold(new Failpoint(side, effect, UUID.fromString(app.id())));
        try {
            Files.createFile(FOLDER.resolve(hold.point.asked()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return hold;
    }

    /** Returns when a process waits there. */
    void await() {
        RunningBerth.await(
                "a process at " + point,
                REACHED,
                () -> Optional.of(point).filter(held -> Files.exists(FOLDER.resolve(held.held()))));
    }

    /** Whoever waits goes on, and nobody waits there again. */
    void release() {
        try {
            Files.deleteIfExists(FOLDER.resolve(point.asked()));
            Files.deleteIfExists(FOLDER.resolve(point.held()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
