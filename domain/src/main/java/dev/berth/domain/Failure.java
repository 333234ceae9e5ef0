package dev.berth.domain;

import static java.util.Objects.requireNonNull;

/**
 * Why something failed, in the user's words.
 *
 * @param sentence what happened, one sentence, at most 500 characters
 * @param suggestion what to do about it; empty where nothing useful can be said
 * @param evidence what was seen (exit code, last log lines, the probe's output), at most 4,000 characters; may be empty
 */
public record Failure(FailureCode code, String sentence, String suggestion, String evidence) {
    private static final int SENTENCE_LIMIT = 500;
    private static final int EVIDENCE_LIMIT = 4_000;

    public Failure {
        requireNonNull(code, "code is null");
        requireNonNull(suggestion, "suggestion is null");
        if (sentence.isBlank()) {
            throw new IllegalArgumentException("A failure says what happened");
        }
        sentence = sentence.length() <= SENTENCE_LIMIT ? sentence : sentence.substring(0, SENTENCE_LIMIT);
        // The end of a log says why it ended.
        evidence =
                evidence.length() <= EVIDENCE_LIMIT ? evidence : evidence.substring(evidence.length() - EVIDENCE_LIMIT);
    }

    public static Failure of(FailureCode code, String sentence, String suggestion) {
        return new Failure(code, sentence, suggestion, "");
    }

    public Failure withEvidence(String seen) {
        return new Failure(code, sentence, suggestion, seen);
    }
}
