package dev.berth.local.supervise;

import java.util.Locale;

/** What the supervisor last saw of a part. */
public enum PartState {
    /** Not started yet: what it needs is not ready. */
    WAITING,
    /** Its process runs; it does not answer yet. */
    STARTING,
    /** It was seen to answer. */
    RUNNING,
    /** It died; the next start comes after a pause. */
    BACKING_OFF,
    /** {@code stop PART} keeps it down. */
    HELD,
    STOPPED,
    /** Not installed or not built; the record says how to get it. */
    UNAVAILABLE;

    /** As commands print it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
