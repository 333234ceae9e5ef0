package dev.berth.domain;

/** Where one operation stands in its service's queue. */
public enum OperationState {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** A newer deploy took its place before it was claimed. */
    SUPERSEDED;

    public boolean isTerminal() {
        return this != PENDING && this != RUNNING;
    }
}
