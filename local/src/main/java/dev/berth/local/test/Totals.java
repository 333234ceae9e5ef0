package dev.berth.local.test;

import java.util.ArrayList;
import java.util.List;

/**
 * Sums of tests.
 *
 * @param failures one line each, for people
 */
public record Totals(int passed, int failed, int skipped, List<String> failures) {
    public static final Totals NONE = new Totals(0, 0, 0, List.of());

    public Totals {
        failures = List.copyOf(failures);
    }

    /** One check that is no test of its own, such as the formatter's. */
    static Totals check(boolean passed, String name) {
        return passed ? new Totals(1, 0, 0, List.of()) : new Totals(0, 1, 0, List.of(name));
    }

    Totals plus(Totals other) {
        List<String> all = new ArrayList<>(failures);
        all.addAll(other.failures);
        return new Totals(passed + other.passed, failed + other.failed, skipped + other.skipped, all);
    }

    /** The last line of {@code ./berth test}. */
    public String line() {
        return passed + " passed, " + failed + " failed" + (skipped == 0 ? "" : ", " + skipped + " skipped");
    }
}
