package dev.berth.api.http;

import java.time.Instant;

/** The times that a list can be asked for: those that PostgreSQL can compare with. */
public final class TimeRange {
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private TimeRange() {}

    /**
     * The time itself, where a list can be asked for it.
     *
     * @throws ProblemException 400 for a time before 1970 or after 9999
     */
    public static Instant check(String parameter, Instant time) {
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
            throw new ProblemException(Problem.ofParameter(parameter, "must lie between the years 1970 and 9999"));
        }
        return time;
    }
}
