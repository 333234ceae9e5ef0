package dev.berth.api.work;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Says the first word about a thing at once, and those that come while it is said, or within the gap after it, as one. A word is
 * always followed by one that began later than whatever asked for it, so what was committed before {@link #say} is never missed.
 *
 * <p>A thousand requests for one service are a thousand rows, and need not be a thousand events in its workflow's history.
 *
 * @param <T> what the words are about; kept only as long as something is said about it
 */
final class Gathered<T> {
    private enum Wanted {
        ONCE,
        AGAIN
    }

    private final Map<T, Wanted> things = new ConcurrentHashMap<>();
    private final Duration gap;
    private final Consumer<T> word;

    /** @param word where it fails, it is not said again before somebody asks again */
    Gathered(Duration gap, Consumer<T> word) {
        this.gap = gap;
        this.word = word;
    }

    /** Nobody waits for it. */
    void say(T thing) {
        if (things.merge(thing, Wanted.ONCE, (known, asked) -> Wanted.AGAIN) == Wanted.ONCE) {
            Thread.ofVirtual().name("tell " + thing).start(() -> sayUntilNobodyAsks(thing));
        }
    }

    private void sayUntilNobodyAsks(T thing) {
        boolean asked = true;
        while (asked) {
            try {
                word.accept(thing);
            } catch (RuntimeException | Error failed) {
                things.remove(thing);
                throw failed;
            }
            LockSupport.parkNanos(gap.toNanos());
            asked = things.computeIfPresent(thing, Gathered::oneLess) != null;
        }
    }

    private static <T> @org.jspecify.annotations.Nullable Wanted oneLess(T thing, Wanted wanted) {
        return wanted == Wanted.AGAIN ? Wanted.ONCE : null;
    }
}
