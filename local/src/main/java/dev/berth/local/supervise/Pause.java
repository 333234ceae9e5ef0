package dev.berth.local.supervise;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** The pause between two looks at something that cannot tell us itself. */
public final class Pause {
    private Pause() {}

    /** An interrupt ends the pause and stays set. */
    public static void milliseconds(long count) {
        try {
            Thread.sleep(count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether {@code seen} became true in time */
    public static boolean until(BooleanSupplier seen, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!seen.getAsBoolean()) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            milliseconds(50);
        }
        return true;
    }
}
