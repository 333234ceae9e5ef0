package dev.berth.local.supervise;

import java.time.Duration;

/**
 * All that decides what to do with a part next.
 *
 * @param held by {@code stop PART}
 * @param available its program is there
 * @param answered since it was started or adopted
 * @param needsReady every part that it needs answers
 * @param running since its start; zero when it is dead
 * @param pause that is left before it may be started again
 */
public record Observation(
        boolean held,
        boolean available,
        boolean alive,
        boolean answered,
        boolean needsReady,
        Duration running,
        Duration pause) {

    /** A part that has not answered by then is ended and counts as failed. */
    public static final Duration LONGEST_START = Duration.ofSeconds(120);

    /** The supervisor's one rule. Pure, so that every row of it is tested. */
    public Move move() {
        if (held) {
            return alive ? Move.END : Move.STAY_HELD;
        }
        if (alive) {
            if (answered) {
                return Move.WATCH;
            }
            return running.compareTo(LONGEST_START) > 0 ? Move.GIVE_UP : Move.AWAIT_ANSWER;
        }
        if (!available) {
            return Move.STAY_UNAVAILABLE;
        }
        if (!pause.isZero() && !pause.isNegative()) {
            return Move.PAUSE;
        }
        return needsReady ? Move.START : Move.AWAIT_NEEDS;
    }

    /** What to do next. */
    public enum Move {
        START,
        AWAIT_NEEDS,
        AWAIT_ANSWER,
        WATCH,
        PAUSE,
        /** End it: someone holds it. */
        END,
        STAY_HELD,
        /** End it: it never answered. */
        GIVE_UP,
        STAY_UNAVAILABLE
    }
}
