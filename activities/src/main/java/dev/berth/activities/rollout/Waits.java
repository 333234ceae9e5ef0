package dev.berth.activities.rollout;

import java.time.Duration;

/** Between two looks at the world. */
final class Waits {
    private Waits() {}

    /** @throws IllegalStateException when the thread was interrupted: the process ends, and the step is tried again */
    static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting", e);
        }
    }
}
