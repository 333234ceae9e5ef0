package dev.berth.local.test;

import dev.berth.local.LocalFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How long a whole run takes at the most. On a machine too slow for all of it, tests on real parts are begun until the time is nearly
 * up, and the rest is named at the end; what needs no part always runs.
 *
 * @param begin of the run
 */
record RunTime(Instant begin, Duration limit) {
    /** Minutes; a run on two quick cores takes about seventy. */
    static final String VARIABLE = "BERTH_TEST_MINUTES";

    private static final int USUAL_MINUTES = 82;
    /** What the browser's tests need at the end, on two quick cores. */
    private static final Duration BROWSER = Duration.ofMinutes(9);
    /** What one of them may take that has begun. */
    private static final Duration LAST_IN_BROWSER = Duration.ofMinutes(2);
    /** What a test on the whole stack may take that has begun, on a slow machine. */
    private static final Duration LAST_TEST = Duration.ofMinutes(8);
    /** Before what is left is ended. */
    private static final Duration GRACE = Duration.ofMinutes(3);
    /** Tests on the whole stack come after those on some parts, and take two thirds as long. */
    private static final double SHARE_OF_PARTS = 0.6;

    /** @throws LocalFailure where the variable is no number of minutes */
    static RunTime of(Instant begin, Map<String, String> environment) {
        String minutes = environment.getOrDefault(VARIABLE, Integer.toString(USUAL_MINUTES));
        if (!minutes.matches("[1-9][0-9]{0,4}")) {
            throw new LocalFailure(VARIABLE + " is a number of minutes, and not '" + minutes + "'.");
        }
        return new RunTime(begin, Duration.ofMinutes(Long.parseLong(minutes)));
    }

    /** What the Java tests that begin now are told. */
    Map<String, String> variables(Instant now) {
        Instant stack = begin.plus(limit).minus(BROWSER).minus(LAST_TEST);
        long forBoth = Math.max(0, Duration.between(now, stack).toSeconds());
        Instant parts = now.plusSeconds(Math.round(forBoth * SHARE_OF_PARTS));
        return Map.of(
                "BERTH_TEST_PARTS_UNTIL", Long.toString(parts.getEpochSecond()),
                "BERTH_TEST_STACK_UNTIL", Long.toString(stack.getEpochSecond()));
    }

    /** What the browser's tests are told, which come last. */
    Map<String, String> browserVariables() {
        Instant until = begin.plus(limit).minus(LAST_IN_BROWSER);
        return Map.of("BERTH_TEST_BROWSER_UNTIL", Long.toString(until.getEpochSecond()));
    }

    /** What may still be taken by what begins now; never nothing, so that it can say what it is. */
    Duration left(Instant now) {
        Duration left = Duration.between(now, begin.plus(limit).plus(GRACE));
        return left.compareTo(GRACE) < 0 ? GRACE : left;
    }
}
