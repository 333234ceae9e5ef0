package dev.berth.local.e2e;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Somebody who visits an app ten times a second, whatever happens to it, and counts what came back. */
final class SteadyVisitor implements AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final Map<Seen, Integer> seen = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean leaving;

    /** @param text the first line */
    record Seen(int status, String text) {
        @Override
        public String toString() {
            return status + " " + text;
        }
    }

    /** @param begun before which nothing counts */
    SteadyVisitor(App app, BooleanSupplier begun) {
        thread = Thread.ofVirtual().name("steady visitor").start(() -> {
            while (!leaving) {
                if (begun.getAsBoolean()) {
                    RunningBerth.Answer answer = app.visit();
                    String text = answer.body().strip().lines().findFirst().orElse("");
                    seen.merge(new Seen(answer.status(), text), 1, Integer::sum);
                }
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        });
    }

    int visits() {
        return seen.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What came that should not have, and how often. */
    Map<String, Integer> others(Predicate<Seen> allowed) {
        Map<String, Integer> others = new TreeMap<>();
        seen.forEach((what, times) -> {
            if (!allowed.test(what)) {
                others.put(what.toString(), times);
            }
        });
        return others;
    }

    @Override
    public void close() {
        leaving = true;
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
