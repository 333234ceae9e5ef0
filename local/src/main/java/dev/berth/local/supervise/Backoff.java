package dev.berth.local.supervise;

import java.time.Duration;

/** How long to wait before the next start: twice as long after each failure in a row, up to a limit. */
public record Backoff(Duration first, Duration longest) {
    public static final Backoff STANDARD = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("Not a back-off: " + first + " to " + longest);
        }
    }

    /** @param failures in a row; 0 waits for nothing */
    public Duration after(int failures) {
        if (failures <= 0) {
            return Duration.ZERO;
        }
        int doublings = Math.min(failures - 1, 20);
        Duration wait = first.multipliedBy(1L << doublings);
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
