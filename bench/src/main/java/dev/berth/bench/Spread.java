package dev.berth.bench;

import java.util.Arrays;
import java.util.Locale;

/** Many short durations of one thing. */
final class Spread {
    private final String name;
    private double[] micros = new double[1_024];
    private int count;

    Spread(String name) {
        this.name = name;
    }

    /** @param counts false while everything is still getting warm */
    void time(boolean counts, Samples.Timed timed) throws Exception {
        long start = System.nanoTime();
        timed.run();
        double took = (System.nanoTime() - start) / 1e3;
        if (counts) {
            if (count == micros.length) {
                micros = Arrays.copyOf(micros, 2 * count);
            }
            micros[count++] = took;
        }
    }

    double median() {
        return percentile(50);
    }

    private double percentile(int percent) {
        double[] sorted = Arrays.copyOf(micros, count);
        Arrays.sort(sorted);
        return count == 0 ? 0 : sorted[Math.min(count - 1, count * percent / 100)];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-52s %8.0f µs   (p5 %.0f, p95 %.0f, p99 %.0f, %d runs)",
                name,
                median(),
                percentile(5),
                percentile(95),
                percentile(99),
                count);
    }
}
