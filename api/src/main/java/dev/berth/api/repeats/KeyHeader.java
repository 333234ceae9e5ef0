package dev.berth.api.repeats;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code Idempotency-Key}: a string of RFC 9651 in quotes, or the same without them. */
final class KeyHeader {
    static final String NAME = "Idempotency-Key";
    private static final int LENGTH = 255;
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");
    private static final Pattern QUOTED =
            Pattern.compile("\"((?:[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\"\\\\])*)\"");

    private KeyHeader() {}

    /** @throws ProblemException 400 for one that is not a key, or more than one */
    static Optional<String> read(HttpServletRequest request) {
        List<String> lines = Collections.list(request.getHeaders(NAME));
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(lines.size() == 1 ? key(lines.getFirst().strip()) : refuse());
    }

    static String key(String header) {
        String key = header;
        if (header.startsWith("\"")) {
            var quoted = QUOTED.matcher(header);
            key = quoted.matches() ? quoted.group(1).replaceAll("\\\\(.)", "$1") : refuse();
        }
        return key.length() <= LENGTH && PRINTABLE.matcher(key).matches() ? key : refuse();
    }

    private static String refuse() {
        throw new ProblemException(Problem.ofParameter(
                NAME, "must be one key of 1 to %d printable ASCII characters, bare or in quotes".formatted(LENGTH)));
    }
}
