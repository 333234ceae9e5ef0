package dev.berth.domain;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How the traffic comes to a service's next deployment.
 *
 * <p>The numbers count for {@link Strategy#CANARY} alone and are kept meanwhile.
 *
 * @param canaryWeight percent of the requests that go to a canary, 1 to 99
 * @param canaryHoldSeconds after which a canary gets all of the traffic by itself, up to 86,400; 0 = a person decides
 * @param canaryMaxErrorPercent percent of a canary's requests that may be answered by 5xx, 1 to 100; beyond it is taken back by
 *     itself, so 100 = never
 */
public record TrafficPolicy(Strategy strategy, int canaryWeight, int canaryHoldSeconds, int canaryMaxErrorPercent) {
    public static final TrafficPolicy DEFAULT = new TrafficPolicy(Strategy.BLUE_GREEN, 10, 0, 5);
    /** A day: who has not decided by then is not going to. */
    public static final int LONGEST_HOLD_SECONDS = 86_400;

    public TrafficPolicy {
        requireNonNull(strategy, "strategy is null");
        require("canaryWeight", canaryWeight, 1, 99);
        require("canaryHoldSeconds", canaryHoldSeconds, 0, LONGEST_HOLD_SECONDS);
        require("canaryMaxErrorPercent", canaryMaxErrorPercent, 1, 100);
    }

    private static void require(String field, int number, int least, int most) {
        if (number < least || number > most) {
            throw new IllegalArgumentException(field + " is not from " + least + " to " + most + ": " + number);
        }
    }

    public enum Strategy {
        /** All of it at once. */
        BLUE_GREEN,
        /** A part of it first, then all of it or none. */
        CANARY,
        /** What serves is ended before the new version is started, so that two never run at once; nothing serves meanwhile. */
        RECREATE;

        /** Whether what serves has to end before its successor is started. */
        public boolean isOneAtATime() {
            return this == RECREATE;
        }

        static Optional<Strategy> parse(String word) {
            return Arrays.stream(values())
                    .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst();
        }
    }
}
