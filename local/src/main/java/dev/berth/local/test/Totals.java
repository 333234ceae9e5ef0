package dev.berth.local.test;

import java.util.ArrayList;
import java.util.List;

/**
 * Sums of tests.
 *
 * @param failures one line each, for people
 * @param notRun those that were skipped
 */
public record Totals(int passed, int failed, List<String> failures, List<NotRun> notRun) {
    public static final Totals NONE = new Totals(0, 0, List.of(), List.of());

    public Totals {
        failures = List.copyOf(failures);
        notRun = List.copyOf(notRun);
    }

    /** One check that is no test of its own, such as the formatter's. */
    static Totals check(boolean passed, String name) {
        return passed ? new Totals(1, 0, List.of(), List.of()) : new Totals(0, 1, List.of(name), List.of());
    }

    Totals plus(Totals other) {
        return new Totals(
                passed + other.passed,
                failed + other.failed,
                joined(failures, other.failures),
                joined(notRun, other.notRun));
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** The last line of {@code ./berth test}. */
    public String line() {
        return passed + " passed, " + failed + " failed";
    }

    /**
     * A test, or a class of them, that was skipped.
     *
     * @param reason a sentence; many have the same
     */
    record NotRun(String name, String reason) {}
}
