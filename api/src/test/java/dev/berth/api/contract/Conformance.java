package dev.berth.api.contract;

import dev.berth.api.contract.Contract.Endpoint;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Holds an answer against what the document says of it. Stricter than a validator of JSON Schema on one point: a field that the
 * schema does not name is a mistake too, since clients are made from the document.
 */
public final class Conformance {
    private final Contract contract;
    private final List<String> mistakes = new ArrayList<>();

    private Conformance(Contract contract) {
        this.contract = contract;
    }

    /** One sentence for each thing that is not as documented. */
    public static List<String> mistakes(Contract contract, Endpoint endpoint, Answer answer) {
        Conformance conformance = new Conformance(contract);
        conformance.answer(endpoint, answer);
        return conformance.mistakes;
    }

    public static List<String> mistakes(Contract contract, JsonNode schema, JsonNode value) {
        Conformance conformance = new Conformance(contract);
        conformance.check("", schema, value);
        return conformance.mistakes;
    }

    private void answer(Endpoint endpoint, Answer answer) {
        JsonNode documented = endpoint.responses().path(Integer.toString(answer.status()));
        if (documented.isMissingNode()) {
            mistakes.add("status " + answer.status() + " is not documented");
            return;
        }
        JsonNode content = documented.path("content");
        if (content.isEmpty()) {
            if (!answer.body().isEmpty()) {
                mistakes.add("no body is documented for " + answer.status());
            }
            return;
        }
        String type = answer.header("content-type").replaceFirst(";.*", "").strip();
        JsonNode media = content.path(type);
        if (media.isMissingNode()) {
            mistakes.add("Content-Type '" + type + "' is not documented for " + answer.status());
        } else if (type.equals("application/json") || type.endsWith("+json")) {
            parsed(answer.body()).ifPresent(body -> check("", media.path("schema"), body));
        }
    }

    private Optional<JsonNode> parsed(String body) {
        try {
            return Optional.of(Contract.JSON.readTree(body));
        } catch (JacksonException e) {
            mistakes.add("the body is no JSON");
            return Optional.empty();
        }
    }

    private void check(String at, JsonNode declared, JsonNode value) {
        JsonNode schema = contract.resolve(declared);
        if (schema.has("oneOf")) {
            long fitting = schema.get("oneOf").values().stream()
                    .filter(option -> mistakes(contract, option, value).isEmpty())
                    .count();
            if (fitting != 1) {
                mistakes.add(at + " fits " + fitting + " of oneOf");
            }
            return;
        }
        List<String> types = types(schema);
        if (!types.isEmpty() && types.stream().noneMatch(type -> isA(type, value))) {
            mistakes.add(at + " is " + value.getNodeType() + " and not " + types);
            return;
        }
        if (schema.has("enum") && schema.get("enum").values().stream().noneMatch(value::equals)) {
            mistakes.add(at + " is none of " + schema.get("enum"));
        }
        if (value.isObject()) {
            object(at, schema, value);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(at + "/" + i, schema.path("items"), value.get(i));
            }
        } else if (value.isString()) {
            text(at, schema, value.asString());
        } else if (value.isNumber()) {
            number(at, schema, value.decimalValue());
        }
    }

    private void object(String at, JsonNode schema, JsonNode value) {
        schema.path("required").values().stream()
                .map(JsonNode::asString)
                .filter(name -> !value.has(name))
                .forEach(name -> mistakes.add(at + "/" + name + " is missing"));
        value.properties().forEach(field -> {
            JsonNode property = schema.path("properties").path(field.getKey());
            JsonNode more = schema.path("additionalProperties");
            if (!property.isMissingNode()) {
                check(at + "/" + field.getKey(), property, field.getValue());
            } else if (more.isObject()) {
                check(at + "/" + field.getKey(), more, field.getValue());
            } else if (!(more.isBoolean() && more.asBoolean()) && !schema.isMissingNode()) {
                mistakes.add(at + "/" + field.getKey() + " is not documented");
            }
        });
    }

    private void text(String at, JsonNode schema, String value) {
        int length = value.codePointCount(0, value.length());
        if (length < schema.path("minLength").asInt(0)
                || length > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
            mistakes.add(at + " has a length of " + length);
        }
        if (schema.has("pattern")
                && !Pattern.compile(schema.get("pattern").asString())
                        .matcher(value)
                        .find()) {
            mistakes.add(at + " does not match its pattern");
        }
        boolean good = switch (schema.path("format").asString("")) {
            case "uuid" -> isUuid(value);
            case "date-time" -> isTime(value);
            default -> true;
        };
        if (!good) {
            mistakes.add(at + " is no " + schema.get("format").asString());
        }
    }

    private void number(String at, JsonNode schema, BigDecimal value) {
        if (schema.has("minimum") && value.compareTo(schema.get("minimum").decimalValue()) < 0
                || schema.has("maximum")
                        && value.compareTo(schema.get("maximum").decimalValue()) > 0) {
            mistakes.add(at + " is out of its range");
        }
    }

    static List<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray()
                ? type.values().stream().map(JsonNode::asString).toList()
                : type.isString() ? List.of(type.asString()) : List.of();
    }

    private static boolean isA(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private static boolean isUuid(String value) {
        try {
            return UUID.fromString(value).toString().equals(value);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isTime(String value) {
        try {
            Instant.parse(value);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
