package dev.berth.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A service's gates as their author wrote them down; the part of a {@link ServiceDraft} that becomes {@link DeployGates}.
 *
 * @param releaseCommand no words at all take the present command away
 */
public record GatesDraft(Optional<List<String>> releaseCommand, Optional<Integer> releaseDeadlineSeconds) {
    public static final GatesDraft SILENT = new GatesDraft(Optional.empty(), Optional.empty());

    private static final int LEAST_SECONDS = 5;
    private static final int MOST_SECONDS = 1_800;

    /** {@code present} with what this names changed; only where there are no {@link #violations()}. */
    DeployGates over(DeployGates present) {
        return new DeployGates(
                releaseCommand
                        .map(words -> words.isEmpty()
                                ? Optional.<ReleaseCommand>empty()
                                : Optional.of(new ReleaseCommand(words)))
                        .orElse(present.release()),
                releaseDeadlineSeconds.or(present::releaseDeadlineSeconds));
    }

    List<Violation> violations() {
        List<Violation> found = new ArrayList<>();
        releaseCommand
                .filter(words -> !words.isEmpty())
                .flatMap(ReleaseCommand::problemOf)
                .ifPresent(problem -> found.add(Violation.of("releaseCommand", problem)));
        releaseDeadlineSeconds
                .filter(seconds -> seconds < LEAST_SECONDS || seconds > MOST_SECONDS)
                .ifPresent(_ -> found.add(Violation.of(
                        "releaseDeadlineSeconds",
                        "must be a whole number from %d to %d".formatted(LEAST_SECONDS, MOST_SECONDS))));
        return found;
    }
}
