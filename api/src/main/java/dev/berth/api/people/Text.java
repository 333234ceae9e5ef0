package dev.berth.api.people;

import dev.berth.domain.InvalidInputException;
import dev.berth.domain.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts of a request that must be there. */
public final class Text {
    private static final int LONGEST_NAME = 100;

    private Text() {}

    /** @throws InvalidInputException where it is missing */
    public static String required(String field, @Nullable String text) {
        if (text == null) {
            throw new InvalidInputException(List.of(Violation.of(field, "is required")));
        }
        return text;
    }

    /**
     * A name that people read: 1 to {@value #LONGEST_NAME} characters, no control characters.
     *
     * @throws InvalidInputException where it is missing or is none
     */
    public static String name(String field, @Nullable String text) {
        String name = required(field, text).strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInputException(List.of(Violation.of(
                    field, "must have 1 to %d characters and no control characters".formatted(LONGEST_NAME))));
        }
        return name;
    }

    /**
     * An e-mail address in its normal form.
     *
     * @throws InvalidInputException where it is missing or is none
     */
    public static String email(String field, @Nullable String text) {
        String email = Email.normal(required(field, text));
        Email.violation(field, email).ifPresent(violation -> {
            throw new InvalidInputException(List.of(violation));
        });
        return email;
    }
}
