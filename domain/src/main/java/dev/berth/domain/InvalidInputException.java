package dev.berth.domain;

import java.util.List;

/** An input breaks rules; it carries every violation that was found, so that its author mends them in one go. */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Violation> violations;

    public InvalidInputException(List<Violation> violations) {
        super("The input breaks " + violations.size() + " rule(s)");
        if (violations.isEmpty()) {
            throw new IllegalArgumentException("Nothing is wrong");
        }
        this.violations = List.copyOf(violations);
    }

    public List<Violation> violations() {
        return violations;
    }
}
