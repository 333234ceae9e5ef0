package dev.berth.api.people;

import dev.berth.domain.Violation;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * E-mail addresses, as far as it makes sense to judge them: one {@code @}, a host with a dot or {@code localhost}, no spaces or
 * control characters. In lower case, since nobody keeps two mailboxes that differ by it.
 */
public final class Email {
    /** RFC 5321, 4.5.3.1.3, less the angle brackets. */
    static final int LONGEST = 254;

    private static final Pattern FORMAT =
            Pattern.compile("[\\p{Graph}&&[^@<>()\\[\\],;:\\\\\"]]{1,64}@[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    private Email() {}

    public static String normal(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * The normal form of what somebody says is theirs, to look for. What is longer than any address is cut to one character more
     * than any has: it is nobody's, and is looked for as long and remembered no larger than others.
     */
    static String sought(String text) {
        String email = normal(text).replace("\0", "");
        return email.length() > LONGEST ? email.substring(0, LONGEST + 1) : email;
    }

    /** @param email in its normal form */
    public static Optional<Violation> violation(String field, String email) {
        return email.length() <= LONGEST && FORMAT.matcher(email).matches()
                ? Optional.empty()
                : Optional.of(Violation.of(field, "is not an e-mail address"));
    }
}
