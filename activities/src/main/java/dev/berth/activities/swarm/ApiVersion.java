package dev.berth.activities.swarm;

import java.util.Comparator;

/** A version of the Docker Engine API, such as 1.41 (Debian 12's engine) or 1.52 (Docker 29). */
public record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
    /** The newest one whose fields this package was written for. */
    static final ApiVersion OURS = new ApiVersion(1, 51);

    /** The first that probes a starting container more often than a healthy one ({@code StartInterval}; Docker 25). */
    static final ApiVersion WITH_START_INTERVAL = new ApiVersion(1, 44);

    /** @param text {@code 1.41} */
    public static ApiVersion parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("Not an engine API version: " + text);
        }
        return new ApiVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /** The lower of the two: what both sides of a conversation understand. */
    ApiVersion atMost(ApiVersion other) {
        return compareTo(other) <= 0 ? this : other;
    }

    boolean isAtLeast(ApiVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(ApiVersion other) {
        return Comparator.comparingInt(ApiVersion::major)
                .thenComparingInt(ApiVersion::minor)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
