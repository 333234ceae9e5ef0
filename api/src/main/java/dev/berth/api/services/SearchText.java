package dev.berth.api.services;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;

/** What a list is searched for: short, and such that a database can hold it. */
final class SearchText {
    private static final int LENGTH = 100;

    private SearchText() {}

    static String of(String text) {
        boolean good = text.length() <= LENGTH
                && text.codePoints().allMatch(c -> c != 0 && Character.getType(c) != Character.SURROGATE);
        if (!good) {
            throw new ProblemException(Problem.ofParameter(
                    "search", "must have at most %d characters, none of them NUL".formatted(LENGTH)));
        }
        return text;
    }
}
