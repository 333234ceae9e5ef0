package dev.berth.local.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;

/** People who visit an app without end, a few at a time, and what they saw. */
final class Traffic implements AutoCloseable {
    private static final int VISITORS = 3;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final ConcurrentSkipListMap<String, Integer> seen = new ConcurrentSkipListMap<>();
    private final List<Thread> visitors = new ArrayList<>();
    private volatile boolean going = true;

    Traffic(App app) {
        for (int i = 0; i < VISITORS; i++) {
            visitors.add(Thread.ofVirtual().start(() -> visit(app)));
        }
    }

    private void visit(App app) {
        while (going) {
            RunningBerth.Answer answer = app.visit();
            seen.merge(answer.status() + " " + answer.body().strip(), 1, Integer::sum);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** How often each answer was seen: status and body. */
    Map<String, Integer> seen() {
        return Map.copyOf(seen);
    }

    int all() {
        return seen().values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Waits until so many more have come. */
    void awaitMore(int visits) {
        int from = all();
        RunningBerth.await(
                visits + " more visits",
                Duration.ofMinutes(1),
                () -> Optional.of(all()).filter(now -> now - from >= visits));
    }

    @Override
    public void close() {
        going = false;
        for (Thread visitor : visitors) {
            try {
                visitor.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
