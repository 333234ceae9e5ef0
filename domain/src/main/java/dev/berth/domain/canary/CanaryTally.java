package dev.berth.domain.canary;

import static java.util.Objects.requireNonNull;

/**
 * What the edge counted of a canary's requests, added up over restarts of the edge, whose counters begin anew with it.
 *
 * @param requests that reached the canary's replicas
 * @param errors of them that were answered by 5xx, or by nothing
 * @param seen where the edge's counters stood at the last look
 */
public record CanaryTally(long requests, long errors, Counters seen) {
    public static final CanaryTally NOTHING = new CanaryTally(0, 0, Counters.ZERO);
    /** Fewer requests say nothing: one error in three is bad luck. */
    public static final int VERDICT_REQUESTS = 20;

    public CanaryTally {
        requireNonNull(seen, "seen is null");
        Counters.requireCounts(requests, errors);
    }

    /** With what was counted since the last look. Counters that went back are those of an edge that was started again. */
    public CanaryTally plus(Counters now) {
        Counters from = now.continues(seen) ? seen : Counters.ZERO;
        return new CanaryTally(requests + now.requests() - from.requests(), errors + now.errors() - from.errors(), now);
    }

    /** Whether more than {@code maxPercent} of the requests went wrong; too few requests are no verdict. */
    public boolean isBeyond(int maxPercent) {
        return requests >= VERDICT_REQUESTS && errors * 100 > requests * maxPercent;
    }

    /** As in "37 requests, 3 of them answered by 5xx". */
    public String words() {
        return requests + " requests, " + errors + " of them answered by 5xx";
    }

    /** Counters of the edge, which only grow while it runs. */
    public record Counters(long requests, long errors) {
        public static final Counters ZERO = new Counters(0, 0);

        public Counters {
            requireCounts(requests, errors);
        }

        /** Whether these may have grown out of {@code before}: neither fell, and no error came without its request. */
        private boolean continues(Counters before) {
            long more = requests - before.requests;
            long wrong = errors - before.errors;
            return wrong >= 0 && wrong <= more;
        }

        // Here, because a tally needs this class to be initialised, so this one may not need the tally.
        private static void requireCounts(long requests, long errors) {
            if (errors < 0 || errors > requests) {
                throw new IllegalArgumentException("Not counts: " + errors + " errors of " + requests + " requests");
            }
        }
    }
}
