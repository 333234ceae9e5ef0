package dev.berth.activities.swarm;

import java.util.Locale;

/** Swarm's task states in Swarm's order (swarmkit {@code types.proto}). */
public enum TaskState {
    NEW,
    PENDING,
    ASSIGNED,
    ACCEPTED,
    PREPARING,
    READY,
    /** The process runs; with a health check it stays here until the first healthy answer, without any limit. */
    STARTING,
    /** Healthy, where there is a health check; reachable by name since then. */
    RUNNING,
    COMPLETE,
    SHUTDOWN,
    FAILED,
    REJECTED,
    REMOVE,
    ORPHANED;

    static TaskState parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether its process has ended, or will never be. */
    boolean isOver() {
        return compareTo(RUNNING) > 0;
    }

    /** Whether its process ended by itself or never came to be; not where Swarm was asked to stop it. */
    public boolean isFailure() {
        return this == COMPLETE || this == FAILED || this == REJECTED;
    }
}
