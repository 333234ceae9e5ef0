package dev.berth.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The durations of one thing, measured several times. */
final class Samples {
    private final String name;
    private final List<Duration> durations = new ArrayList<>();

    Samples(String name) {
        this.name = name;
    }

    /** Runs it once and keeps how long it took. */
    void time(Timed timed) throws Exception {
        long start = System.nanoTime();
        timed.run();
        durations.add(Duration.ofNanos(System.nanoTime() - start));
    }

    double median() {
        List<Duration> sorted = durations.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double upper = seconds(sorted.get(middle));
        return sorted.size() % 2 == 1 ? upper : (upper + seconds(sorted.get(middle - 1))) / 2;
    }

    @Override
    public String toString() {
        double least = durations.stream().mapToDouble(Samples::seconds).min().orElse(0);
        double most = durations.stream().mapToDouble(Samples::seconds).max().orElse(0);
        return String.format(
                Locale.ROOT, "%-58s %6.2f s   (%.2f to %.2f, %d runs)", name, median(), least, most, durations.size());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    interface Timed {
        void run() throws Exception;
    }
}
