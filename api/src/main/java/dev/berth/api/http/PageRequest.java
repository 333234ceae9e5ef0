package dev.berth.api.http;

import dev.berth.store.Cursor;

/** Which page of a list is wanted: at most {@code limit} rows that are older than {@code after}. */
public record PageRequest(int limit, Cursor after) {
    public static final int MOST = 200;

    public PageRequest {
        if (limit < 1 || limit > MOST) {
            throw new ProblemException(
                    Problem.ofParameter("limit", "must be a whole number from 1 to %d".formatted(MOST)));
        }
    }

    /** How many rows to read: one more than are shown tells whether there is a next page. */
    public int rows() {
        return limit + 1;
    }
}
