package dev.berth.domain;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.Set;

/** What has been observed of one deployment. Only the transitions in {@link #next()} exist. */
public enum DeploymentState {
    /** It waits: for its turn, or, built, at its service's gates. */
    PENDING,
    BUILDING,
    DEPLOYING,
    /** Its route was seen live at the edge, or it stays warm behind a successor that is not proven yet. */
    RUNNING,
    /** A newer deployment took its place before it ran. */
    SUPERSEDED,
    /** It had the traffic and lost it; what served before serves again. */
    ROLLED_BACK,
    /** It never got traffic. */
    FAILED,
    CANCELLED,
    /** Kept at zero replicas: for roll-back behind a newer one, or for the start of a stopped service. */
    RETIRED;

    /** The states that may follow this one; empty for a terminal state. */
    public Set<DeploymentState> next() {
        return switch (this) {
            case PENDING -> Set.of(BUILDING, DEPLOYING, RETIRED, SUPERSEDED, FAILED, CANCELLED);
            case BUILDING -> Set.of(PENDING, DEPLOYING, RETIRED, SUPERSEDED, FAILED, CANCELLED);
            case DEPLOYING -> Set.of(RUNNING, FAILED, CANCELLED);
            case RUNNING -> Set.of(RETIRED, ROLLED_BACK);
            case RETIRED -> Set.of(RUNNING);
            case SUPERSEDED, ROLLED_BACK, FAILED, CANCELLED -> Set.of();
        };
    }

    public boolean canBecome(DeploymentState state) {
        return next().contains(state);
    }

    /** The states from which {@code state} may be reached; what a conditional update names in its {@code where}. */
    public static Set<DeploymentState> before(DeploymentState state) {
        return Arrays.stream(values()).filter(from -> from.canBecome(state)).collect(toUnmodifiableSet());
    }

    /** Whether nothing of it was started yet, so that it may still wait. */
    public boolean isBeforeItsStart() {
        return this == PENDING || this == BUILDING;
    }

    public boolean isTerminal() {
        return next().isEmpty();
    }
}
