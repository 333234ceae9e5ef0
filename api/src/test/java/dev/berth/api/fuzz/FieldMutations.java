package dev.berth.api.fuzz;

import dev.berth.api.contract.Contract;
import dev.berth.api.contract.Exchange;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Breaks one field of a body that is right otherwise. */
final class FieldMutations {
    /** Stands for text that no tree of nodes can hold. */
    private static final String RAW = "@raw@";

    private static final Map<String, String> ONE_OF_EACH = Map.of(
            "string", "\"text\"",
            "number", "1.5",
            "boolean", "true",
            "array", "[1]",
            "object", "{\"a\": 1}");

    private final Exchange exchange;
    private final ObjectNode valid;
    private final List<Mutation> mutations = new ArrayList<>();

    private FieldMutations(Exchange exchange, ObjectNode valid) {
        this.exchange = exchange;
        this.valid = valid;
    }

    static List<Mutation> of(Contract contract, Exchange exchange, JsonNode schema) {
        ObjectNode valid = (ObjectNode) Contract.JSON.readTree(exchange.text());
        FieldMutations all = new FieldMutations(exchange, valid);
        Set<String> required = new java.util.HashSet<>();
        schema.path("required").values().forEach(name -> required.add(name.asString()));
        schema.path("properties").properties().stream()
                .filter(field -> valid.has(field.getKey()))
                .forEach(field -> {
                    if (required.contains(field.getKey())) {
                        ObjectNode without = valid.deepCopy();
                        without.remove(field.getKey());
                        all.refuse(field.getKey(), "missing", exchange.withBody(without.toString()));
                    }
                    all.field(field.getKey(), contract.resolve(field.getValue()));
                });
        return all.mutations;
    }

    private void field(String name, JsonNode schema) {
        Set<String> types = types(schema);
        refuse(name, "null", raw(name, "null"));
        ONE_OF_EACH.forEach((type, value) -> {
            boolean fits = types.contains(type) || types.isEmpty();
            if (!fits) {
                refuse(name, "is a " + type, raw(name, value));
            }
        });
        refuse(name, "nested deeply", raw(name, "[".repeat(2_000) + "]".repeat(2_000)));
        if (types.contains("string")) {
            text(name, schema);
        }
        if (types.contains("integer") || types.contains("number")) {
            number(name, schema, types.contains("integer"));
        }
        if (types.contains("boolean")) {
            refuse(name, "truth as text", raw(name, "\"true\""));
            refuse(name, "truth as number", raw(name, "1"));
        }
        if (types.contains("object") && schema.path("additionalProperties").isObject()) {
            map(name);
        }
        if (types.contains("array")) {
            refuse(name, "holds null", raw(name, "[null]"));
        }
    }

    private void text(String name, JsonNode schema) {
        refuse(name, "with NUL", raw(name, "\"a\\u0000b\""));
        refuse(name, "with half a character", raw(name, "\"a\\ud800b\""));
        refuse(name, "with the other half", raw(name, "\"a\\udc00b\""));
        refuse(name, "with a bare line break", raw(name, "\"a\nb\""));
        for (String odd :
                List.of("\\u001b[31m", "\\u202e", "\\ufeff", " ", "''; drop table users; --", "%00", "../..", "${x}")) {
            mutations.add(Mutation.survives(name + " " + odd, raw(name, "\"" + odd + "\"")));
        }
        mutations.add(Mutation.survives(name + " of 100,000 characters", raw(name, '"' + "x".repeat(100_000) + '"')));
        if (schema.has("maxLength")) {
            String tooLong = "x".repeat(schema.get("maxLength").asInt() + 1);
            refuse(name, "too long", raw(name, '"' + tooLong + '"'));
        }
        if (schema.path("minLength").asInt(0) > 0) {
            refuse(name, "empty", raw(name, "\"\""));
        }
        if (schema.has("enum")) {
            String known = schema.get("enum").get(0).asString();
            for (String other :
                    List.of("no_such_value", known.toUpperCase(java.util.Locale.ROOT), known + " ", "", "0")) {
                refuse(name, "is '" + other + "'", raw(name, '"' + other + '"'));
            }
        }
        if (schema.path("format").asString("").equals("uuid")) {
            for (String other : List.of("x", "", "1-1-1-1", "{00000000-0000-0000-0000-000000000000}", "0".repeat(36))) {
                refuse(name, "is no id: " + other, raw(name, '"' + other + '"'));
            }
        }
        if (schema.path("format").asString("").equals("date-time")) {
            for (String other : List.of("x", "2030-13-01T00:00:00Z", "+999999999-01-01T00:00:00Z", "1")) {
                refuse(name, "is no time: " + other, raw(name, '"' + other + '"'));
            }
        }
    }

    private void number(String name, JsonNode schema, boolean whole) {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("as text", "\"1\"");
        bad.put("as empty text", "\"\"");
        bad.put("1e400", "1e400");
        bad.put("-1e400", "-1e400");
        bad.put("1e999999999", "1e999999999");
        bad.put("2^63", "9223372036854775808");
        bad.put("-2^63-1", "-9223372036854775809");
        bad.put("of 5,000 digits", "9".repeat(5_000));
        bad.put("NaN", "NaN");
        bad.put("with a leading zero", "01");
        bad.put("in base 16", "0x10");
        if (whole) {
            bad.put("a fraction", "1.5");
        }
        if (schema.has("minimum")) {
            bad.put(
                    "too small",
                    schema.get("minimum")
                            .decimalValue()
                            .subtract(BigDecimal.ONE)
                            .toPlainString());
            if (schema.get("minimum").decimalValue().signum() > 0) {
                bad.put("-0", "-0");
            }
        }
        if (schema.has("maximum")) {
            bad.put(
                    "too large",
                    schema.get("maximum").decimalValue().add(BigDecimal.ONE).toPlainString());
            bad.put("2^31", "2147483648");
        }
        bad.forEach((what, value) -> refuse(name, what, raw(name, value)));
        mutations.add(Mutation.survives(name + " tiny", raw(name, "1e-999999999")));
    }

    private void map(String name) {
        refuse(name, "holds null", raw(name, "{\"A\": null}"));
        refuse(name, "holds a number", raw(name, "{\"A\": 1}"));
        refuse(name, "holds an object", raw(name, "{\"A\": {\"B\": \"c\"}}"));
        refuse(name, "a name twice", raw(name, "{\"A\": \"1\", \"A\": \"2\"}"));
        refuse(name, "a value with NUL", raw(name, "{\"A\": \"\\u0000\"}"));
        refuse(name, "a value with half a character", raw(name, "{\"A\": \"\\ud800\"}"));
        refuse(name, "a name with NUL", raw(name, "{\"A\\u0000\": \"1\"}"));
        refuse(name, "a name with half a character", raw(name, "{\"A\\ud800\": \"1\"}"));
        refuse(name, "an empty name", raw(name, "{\"\": \"1\"}"));
        StringBuilder many = new StringBuilder("{");
        for (int i = 0; i < 5_000; i++) {
            many.append(i == 0 ? "" : ",").append("\"N").append(i).append("\": \"v\"");
        }
        mutations.add(Mutation.survives(name + " with 5,000 names", raw(name, many + "}")));
        mutations.add(Mutation.survives(name + " with __proto__", raw(name, "{\"__proto__\": \"1\"}")));
    }

    private Set<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray()
                ? Set.copyOf(type.values().stream().map(JsonNode::asString).toList())
                : type.isString() ? Set.of(type.asString()) : Set.of();
    }

    /** The valid body with {@code json} in place of one value, whatever it is. */
    private Exchange raw(String name, String json) {
        ObjectNode marked = valid.deepCopy();
        marked.put(name, RAW);
        return exchange.withBody(marked.toString().replace('"' + RAW + '"', json));
    }

    private void refuse(String name, String what, Exchange broken) {
        mutations.add(Mutation.refusedAt("#/" + name, what, broken));
    }
}
