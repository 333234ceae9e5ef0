package dev.berth.domain;

/**
 * What a {@link FailureCode} says to people, whatever the app is called; a {@link Failure} says the same of one case.
 * {@code docs/FAILURES.md} is made of these.
 *
 * @param happened one sentence
 * @param evidence what {@link Failure#evidence()} holds
 * @param remedy what to do about it
 */
public record Meaning(String happened, String evidence, String remedy) {
    /** For failures that there is nothing more to see of. */
    static final String NONE = "none";

    public Meaning {
        for (String sentence : new String[] {happened, evidence, remedy}) {
            if (sentence.isBlank() || sentence.contains("|") || sentence.contains("\n")) {
                throw new IllegalArgumentException("Not a cell of a table: " + sentence);
            }
        }
    }
}
