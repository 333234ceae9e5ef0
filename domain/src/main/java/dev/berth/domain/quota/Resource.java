package dev.berth.domain.quota;

import java.util.Locale;

/** What is counted for an organisation, each in its unit. */
public enum Resource {
    SERVICES("services"),
    /** Thousandths of a processor: replicas times the limit of each. */
    CPU_MILLIS("thousandths of a processor"),
    /** Mebibytes: replicas times the limit of each. */
    MEMORY_MB("MiB of memory"),
    /** Mebibytes of image layers that are kept. */
    STORAGE_MB("MiB of storage"),
    /** Builds at the same time. One more than the limit waits, it is not refused. */
    CONCURRENT_BUILDS("builds at a time");

    private final String unit;

    Resource(String unit) {
        this.unit = unit;
    }

    /** As rows and answers call it: {@code cpu_millis}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What stands behind a number of it. */
    public String unit() {
        return unit;
    }
}
