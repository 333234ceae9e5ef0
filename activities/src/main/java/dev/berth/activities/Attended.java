package dev.berth.activities;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs work that may block for long while the caller keeps the pulse. The work has a virtual thread of its own, where an
 * interrupt also ends a read from a socket; so a cancelled activity does not wait for a server that says nothing.
 */
public final class Attended {
    private static final Duration BEAT = Duration.ofMillis(500);
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private Attended() {}

    /**
     * Returns, or throws, only when the work's thread has ended or had ten seconds to do so.
     *
     * @param limit wall-clock time for the work
     * @throws TimeoutException when the time is up
     * @throws Exception what the work threw, as it was
     */
    public static <T> T call(Pulse pulse, Duration limit, Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = Thread.ofVirtual().name("attended").start(task);
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                try {
                    return task.get(BEAT.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException notYet) {
                    pulse.beat();
                    if (System.nanoTime() > deadline) {
                        throw new TimeoutException("It took longer than " + limit.toSeconds() + " s");
                    }
                } catch (ExecutionException failed) {
                    throw causeOf(failed);
                }
            }
        } finally {
            thread.interrupt();
            boolean interrupted = Thread.interrupted();
            try {
                thread.join(FAREWELL);
            } catch (InterruptedException again) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Exception causeOf(ExecutionException failed) {
        return switch (failed.getCause()) {
            case Exception cause -> cause;
            case Error error -> throw error;
            case null, default -> failed;
        };
    }
}
