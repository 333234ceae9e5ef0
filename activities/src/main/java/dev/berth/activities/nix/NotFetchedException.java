package dev.berth.activities.nix;

import java.util.List;

/** No address gave an artefact. */
final class NotFetchedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Answer> answers;

    NotFetchedException(Artefact artefact, List<Answer> answers) {
        super(artefact.what() + " could not be fetched: "
                + String.join("; ", answers.stream().map(Answer::because).toList()));
        this.answers = List.copyOf(answers);
    }

    /** What one address answered instead of the file. */
    sealed interface Answer {
        String because();
    }

    /** There is no such file. */
    record Gone(String because) implements Answer {}

    /** It has another content. */
    record Different(String because) implements Answer {}

    /** Asking again may help. */
    record Trouble(String because) implements Answer {}

    boolean isGone() {
        return answers.stream().anyMatch(Gone.class::isInstance);
    }

    boolean isDifferent() {
        return answers.stream().anyMatch(Different.class::isInstance);
    }

    String evidence() {
        return String.join("\n", answers.stream().map(Answer::because).toList());
    }
}
