package dev.berth.api.http;

import dev.berth.domain.Violation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Puts what the JSON reader refused into the words of the request's author. The reader's own words may repeat a secret. */
final class JsonMistakes {
    private JsonMistakes() {}

    static Problem explain(JacksonException refused) {
        return switch (refused) {
            case StreamConstraintsException tooMuch ->
                malformed("The body is nested too deeply, or holds a number or a name that is too long", tooMuch);
            case UnrecognizedPropertyException unknown -> invalid(unknown, "is not a field of this request");
            case InvalidNullException isNull -> invalid(isNull, "must not be null");
            case MismatchedInputException wrongType -> invalid(wrongType, "must be " + describe(wrongType.getTargetType()));
            case DatabindException other when other.getCause() instanceof JacksonException cause -> explain(cause);
            case DatabindException other when !other.getPath().isEmpty() -> invalid(other, "cannot be read");
            default ->
                String.valueOf(refused.getOriginalMessage()).startsWith("Duplicate")
                        ? malformed("The body names a field twice", refused)
                        : malformed("The body is not valid JSON in UTF-8", refused);
        };
    }

    private static Problem malformed(String sentence, JacksonException refused) {
        TokenStreamLocation place = refused.getLocation();
        String where = place == null || place.getLineNr() < 1
                ? "."
                : ", at line %d, column %d.".formatted(place.getLineNr(), place.getColumnNr());
        return Problem.of(ProblemType.MALFORMED_REQUEST, sentence + where)
                .with(List.of(new Problem.Item(pointer(refused.getPath()), null, "cannot be read")));
    }

    private static Problem invalid(DatabindException refused, String sentence) {
        return Problem.of(List.of(new Violation(pointer(refused.getPath()), sentence)));
    }

    private static String pointer(List<JacksonException.Reference> path) {
        StringBuilder pointer = new StringBuilder("#");
        for (JacksonException.Reference step : path) {
            String name = step.getPropertyName();
            pointer.append('/').append(name == null ? String.valueOf(step.getIndex()) : Violation.escape(name));
        }
        return pointer.toString();
    }

    private static String describe(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type == String.class) {
            return "a string";
        }
        if (type == Integer.class || type == int.class || type == Long.class) {
            return "a whole number";
        }
        if (type == BigDecimal.class) {
            return "a number";
        }
        if (type == UUID.class) {
            return "a UUID";
        }
        return Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "of another type";
    }
}
