package dev.berth.local.command;

import dev.berth.local.LocalFailure;
import dev.berth.local.supervise.Pause;
import dev.berth.local.supervise.ProcessIdentity;
import dev.berth.local.supervise.RunFolder;
import dev.berth.local.supervise.Supervisor;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A stack that nobody supervises, and that nobody can begin to supervise, until this is closed. */
final class SoleUse implements AutoCloseable {
    private final FileLock lock;

    private SoleUse(FileLock lock) {
        this.lock = lock;
    }

    /**
     * Ends whoever supervises the stack. One that has just begun has the lock before it says who it is, and one that is ending
     * has it a little longer: both are waited for.
     *
     * @param end ends a supervisor; returns when it has ended
     * @param longest to wait for a holder of the lock to say who it is
     */
    static SoleUse of(RunFolder folder, Consumer<ProcessIdentity> end, Duration longest) throws IOException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (true) {
            Optional<ProcessIdentity> supervisor = folder.supervisor();
            if (supervisor.isPresent()) {
                end.accept(supervisor.get());
                deadline = System.nanoTime() + longest.toNanos();
            }
            Optional<FileLock> lock = Supervisor.lock(folder);
            if (lock.isPresent()) {
                return new SoleUse(lock.get());
            }
            if (System.nanoTime() > deadline) {
                throw new LocalFailure(
                        "Another ./berth works on this stack right now; run this again when it has ended.");
            }
            Pause.milliseconds(50);
        }
    }

    @Override
    public void close() throws IOException {
        lock.channel().close();
    }
}
