package dev.berth.domain;

import java.util.List;
import java.util.Optional;

/**
 * What runs once with a new image before it gets traffic, such as migrations: a program and its arguments, each passed on as it
 * is. No shell reads them; whoever wants one names it ({@code sh -c …}) and has it in the image.
 *
 * @param argv 1 to 64 words of at most 4,096 characters, the first one not blank
 */
public record ReleaseCommand(List<String> argv) {
    private static final int WORDS = 64;
    private static final int LENGTH = 4_096;

    public ReleaseCommand {
        argv = List.copyOf(argv);
        problemOf(argv).ifPresent(problem -> {
            throw new IllegalArgumentException("A release command " + problem);
        });
    }

    /** What is wrong with the words, as the end of a sentence; empty where nothing is. */
    static Optional<String> problemOf(List<String> argv) {
        if (argv.isEmpty() || argv.size() > WORDS) {
            return Optional.of("must have 1 to %d words".formatted(WORDS));
        }
        if (argv.getFirst().isBlank()) {
            return Optional.of("must begin with a program");
        }
        if (argv.stream().anyMatch(word -> word.length() > LENGTH)) {
            return Optional.of("must have words of at most %d characters".formatted(LENGTH));
        }
        // An argument cannot carry NUL, and no encoding carries half a surrogate pair.
        return argv.stream()
                        .allMatch(word -> word.codePoints()
                                .allMatch(c -> c != 0 && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)))
                ? Optional.empty()
                : Optional.of("must not contain NUL or half a surrogate pair");
    }

    /** An argument may be a secret: it stays out of every log. */
    @Override
    public String toString() {
        return "ReleaseCommand[" + argv.size() + " words]";
    }
}
