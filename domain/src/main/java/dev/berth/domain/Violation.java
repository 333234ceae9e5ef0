package dev.berth.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with an input, said so that its author can mend it.
 *
 * @param pointer where, as a JSON pointer in a URI fragment: {@code #/env/PATH}. Form: RFC 6901, section 6
 * @param sentence what is wrong there; never repeats the value, which may be a secret
 */
public record Violation(String pointer, String sentence) {
    public Violation {
        requireNonNull(sentence, "sentence is null");
        if (!pointer.startsWith("#")) {
            throw new IllegalArgumentException("Not a pointer: " + pointer);
        }
    }

    /** The violation of a member of the input's top object. */
    public static Violation of(String field, String sentence) {
        return new Violation("#/" + escape(field), sentence);
    }

    /** The violation of a member of an object inside it. */
    public static Violation inside(String field, String key, String sentence) {
        return new Violation("#/" + escape(field) + "/" + escape(key), sentence);
    }

    /** A member's name as one token of a pointer: RFC 6901, section 3, then the characters that a fragment cannot hold. */
    public static String escape(String name) {
        StringBuilder token = new StringBuilder();
        for (byte unit : name.replace("~", "~0").replace("/", "~1").getBytes(UTF_8)) {
            boolean plain = unit > ' ' && unit < 127 && "\"#%<>[\\]^`{|}".indexOf(unit) < 0;
            token.append(plain ? String.valueOf((char) unit) : "%%%02X".formatted(unit));
        }
        return token.toString();
    }
}
