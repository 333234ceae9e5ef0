package dev.berth.domain;

import java.util.Set;

/** What has been observed of one build. Only the transitions in {@link #next()} exist. */
public enum BuildState {
    QUEUED,
    RUNNING,
    /** Its image is in the registry under the recorded digest. */
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** The states that may follow this one; empty for a terminal state. */
    public Set<BuildState> next() {
        return switch (this) {
            case QUEUED -> Set.of(RUNNING, FAILED, CANCELLED);
            case RUNNING -> Set.of(SUCCEEDED, FAILED, CANCELLED);
            case SUCCEEDED, FAILED, CANCELLED -> Set.of();
        };
    }

    public boolean canBecome(BuildState state) {
        return next().contains(state);
    }

    public boolean isTerminal() {
        return next().isEmpty();
    }
}
