package dev.berth.bench;

import java.util.Locale;

/** Figures beside what was promised of them. */
final class Limits {
    private Limits() {}

    /** Prints the figure. @return whether it keeps its limit */
    static boolean check(String name, double value, double limit, String unit) {
        boolean kept = value <= limit;
        System.out.printf(
                Locale.ROOT,
                "%-14s %.2f%s   limit %.2f%s   %s%n",
                name,
                value,
                unit,
                limit,
                unit,
                kept ? "kept" : "MISSED");
        return kept;
    }
}
