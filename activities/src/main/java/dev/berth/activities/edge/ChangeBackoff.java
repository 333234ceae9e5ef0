package dev.berth.activities.edge;

import java.time.Duration;
import java.time.Instant;

/**
 * How often the changes of one deployment's replicas may reach the edge: at once as long as they are rare, then ever more
 * slowly, since every reload resets the health checks of everybody. A minute without a change forgives.
 *
 * @param changes in a row
 * @param last when the last one was let through
 */
record ChangeBackoff(int changes, Instant last) {
    static final ChangeBackoff NONE = new ChangeBackoff(0, Instant.EPOCH);

    private static final int FREE = 4;
    private static final Duration FORGIVEN = Duration.ofMinutes(1);
    private static final int LONGEST_SECONDS = 30;

    boolean allows(Instant now) {
        return !now.isBefore(last.plus(pause()));
    }

    ChangeBackoff changed(Instant now) {
        boolean forgiven = now.isAfter(last.plus(FORGIVEN));
        return new ChangeBackoff(forgiven ? 1 : changes + 1, now);
    }

    private Duration pause() {
        int beyond = changes - FREE;
        return beyond < 0 ? Duration.ZERO : Duration.ofSeconds(Math.min(LONGEST_SECONDS, 1L << Math.min(beyond, 5)));
    }
}
