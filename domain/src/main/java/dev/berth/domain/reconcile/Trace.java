package dev.berth.domain.reconcile;

/** What the rows still know of a deployment that is neither under way nor kept. */
public enum Trace {
    /** Its row says that it has ended or was removed. */
    ENDED,
    /** Its row went with its service, and the operation that deleted that one says so. */
    SERVICE_DELETED,
    /** Nothing. It may be of rows that were lost or put back to an earlier state. */
    NONE
}
