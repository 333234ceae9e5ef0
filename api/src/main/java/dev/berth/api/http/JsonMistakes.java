package dev.berth.api.http;

import dev.berth.domain.Violation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Puts into the words of the request's author what was refused when well-formed JSON became the record of a request. The
 * reader's own words may repeat a secret. Mistakes of form are found before, see {@link BodyScan}.
 */
final class JsonMistakes {
    private JsonMistakes() {}

    static Problem explain(JacksonException refused) {
        String sentence = switch (refused) {
            case UnrecognizedPropertyException unknown -> "is not a field of this request";
            case MismatchedInputException wrongType -> "must be " + describe(wrongType.getTargetType());
            default -> "cannot be read";
        };
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

    /** At most {@code depth} steps: what is nested too deeply is not spelled out. */
    static String pointer(JsonPointer place, int depth) {
        StringBuilder pointer = new StringBuilder("#");
        int left = depth;
        for (JsonPointer step = place; !step.matches() && left > 0; step = step.tail(), left--) {
            pointer.append('/').append(Violation.escape(step.getMatchingProperty()));
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
