package dev.berth.domain;

import java.util.Collection;

/** Where a service stands in its life, as far as it matters for what may be asked of it. */
public enum Standing {
    /** Nothing of it ever ran, or nothing is left of what did. */
    EMPTY,
    /** Something answers for it. */
    SERVING,
    /** Its owner stopped it. */
    STOPPED,
    /** Stopped for an unpaid wallet. */
    SUSPENDED,
    DELETING;

    public static Standing of(ServiceState state) {
        return switch (state) {
            case PENDING, BUILDING, DEPLOYING, FAILED -> EMPTY;
            case RUNNING, DEGRADED -> SERVING;
            case STOPPED -> STOPPED;
            case SUSPENDED -> SUSPENDED;
            case DELETING -> DELETING;
        };
    }

    /** Where it will stand when everything that waits has succeeded: what a new request comes behind. */
    public Standing after(Collection<OperationKind> queue) {
        Standing standing = this;
        for (OperationKind kind : queue) {
            standing = standing.after(kind);
        }
        return standing;
    }

    /** Where an operation that succeeds leaves a service that stands here. */
    public Standing after(OperationKind kind) {
        return switch (kind) {
            case DELETE -> DELETING;
            case DEPLOY, REBUILD, RESTART -> this == EMPTY ? SERVING : this;
            case START, ROLLBACK -> this == EMPTY || this == STOPPED ? SERVING : this;
            case STOP -> this == SERVING ? STOPPED : this;
            case SCALE, REPAIR -> this;
        };
    }
}
