package dev.berth.domain;

import dev.berth.domain.TrafficPolicy.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the traffic is to come, as a service's author wrote it down; the part of a {@link ServiceDraft} that becomes {@link TrafficPolicy}. */
public record TrafficDraft(
        Optional<String> strategy,
        Optional<Integer> canaryWeight,
        Optional<Integer> canaryHoldSeconds,
        Optional<Integer> canaryMaxErrorPercent) {
    public static final TrafficDraft SILENT =
            new TrafficDraft(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** {@code present} with what this names changed; only where there are no {@link #violations()}. */
    TrafficPolicy over(TrafficPolicy present) {
        return new TrafficPolicy(
                strategy.flatMap(Strategy::parse).orElse(present.strategy()),
                canaryWeight.orElse(present.canaryWeight()),
                canaryHoldSeconds.orElse(present.canaryHoldSeconds()),
                canaryMaxErrorPercent.orElse(present.canaryMaxErrorPercent()));
    }

    List<Violation> violations() {
        List<Violation> found = new ArrayList<>();
        strategy.filter(word -> Strategy.parse(word).isEmpty())
                .ifPresent(_ -> found.add(Violation.of("strategy", "must be blue_green, canary or recreate")));
        check(found, "canaryWeight", canaryWeight, 1, 99);
        check(found, "canaryHoldSeconds", canaryHoldSeconds, 0, TrafficPolicy.LONGEST_HOLD_SECONDS);
        check(found, "canaryMaxErrorPercent", canaryMaxErrorPercent, 1, 100);
        return found;
    }

    private static void check(List<Violation> found, String field, Optional<Integer> number, int least, int most) {
        number.filter(value -> value < least || value > most)
                .ifPresent(_ ->
                        found.add(Violation.of(field, "must be a whole number from %d to %d".formatted(least, most))));
    }
}
