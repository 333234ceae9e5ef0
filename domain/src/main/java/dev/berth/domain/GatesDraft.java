package dev.berth.domain;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A service's gates as their author wrote them down; the part of a {@link ServiceDraft} that becomes {@link DeployGates}.
 *
 * @param deployWindows none at all take the present ones away
 * @param releaseCommand no words at all take the present command away
 */
public record GatesDraft(
        Optional<Boolean> approvalRequired,
        Optional<List<WindowDraft>> deployWindows,
        Optional<String> deployWindowZone,
        Optional<List<String>> releaseCommand,
        Optional<Integer> releaseDeadlineSeconds) {
    public static final GatesDraft SILENT =
            new GatesDraft(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final int MOST_WINDOWS = 14;
    private static final int LEAST_SECONDS = 5;
    private static final int MOST_SECONDS = 1_800;

    /** {@code present} with what this names changed; only where there are no {@link #violations()}. */
    DeployGates over(DeployGates present) {
        DeployWindows windows = new DeployWindows(
                deployWindows
                        .map(drafts -> drafts.stream().map(WindowDraft::window).toList())
                        .orElse(present.windows().windows()),
                deployWindowZone.map(ZoneId::of).orElse(present.windows().zone()));
        return new DeployGates(
                approvalRequired.orElse(present.approvalRequired()),
                windows,
                releaseCommand
                        .map(words -> words.isEmpty()
                                ? Optional.<ReleaseCommand>empty()
                                : Optional.of(new ReleaseCommand(words)))
                        .orElse(present.release()),
                releaseDeadlineSeconds.or(present::releaseDeadlineSeconds));
    }

    List<Violation> violations() {
        List<Violation> found = new ArrayList<>();
        deployWindows.ifPresent(drafts -> found.addAll(violations(drafts)));
        deployWindowZone
                .filter(word -> !isZone(word))
                .ifPresent(_ -> found.add(Violation.of(
                        "deployWindowZone", "must be a time zone by its name, such as Europe/Berlin or UTC")));
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

    private static List<Violation> violations(List<WindowDraft> drafts) {
        if (drafts.size() > MOST_WINDOWS) {
            return List.of(Violation.of("deployWindows", "must be at most %d".formatted(MOST_WINDOWS)));
        }
        List<Violation> found = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            found.addAll(drafts.get(i).violations("#/deployWindows/" + i));
        }
        return found;
    }

    /** By name: an offset would be wrong for half of the year. */
    private static boolean isZone(String word) {
        return ZoneId.getAvailableZoneIds().contains(word);
    }
}
