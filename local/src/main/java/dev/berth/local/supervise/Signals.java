package dev.berth.local.supervise;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Ends processes that the launcher started as leaders of their own sessions. */
public final class Signals {
    private Signals() {}

    /**
     * Asks with {@code signal}, waits {@code grace}, then kills the process and its whole group. Returns when it has ended.
     *
     * @param signal a name without SIG, such as TERM
     */
    public static void end(ProcessIdentity process, String signal, Duration grace) {
        if (process.alive()) {
            send(signal, Long.toString(process.pid()));
        }
        if (!endedWithin(process, grace)) {
            send("KILL", "-" + process.pid());
            send("KILL", Long.toString(process.pid()));
            endedWithin(process, Duration.ofSeconds(5));
        }
    }

    public static boolean endedWithin(ProcessIdentity process, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (process.alive()) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            Pause.milliseconds(20);
        }
        return true;
    }

    public static void send(String signal, String target) {
        try {
            new ProcessBuilder(List.of("kill", "-s", signal, "--", target))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
