package dev.berth.api.fuzz;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.api.contract.Contract;
import dev.berth.api.contract.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/** Breaks a body as a whole, or what is said of it. */
final class BodyMutations {
    private BodyMutations() {}

    static List<Mutation> of(Exchange exchange, boolean required, RandomGenerator random) {
        List<Mutation> mutations = new ArrayList<>();
        String valid = exchange.text();
        ObjectNode object = (ObjectNode) Contract.JSON.readTree(valid);
        mutations.add(Mutation.refusedAt("#/zzz", "unknown", exchange.withBody(with(object, "\"zzz\": 1"))));
        mutations.add(Mutation.refusedAt("#/", "unnamed", exchange.withBody(with(object, "\"\": 1"))));
        object.properties()
                .forEach(field -> mutations.add(Mutation.refusedAt(
                        "#/" + field.getKey(),
                        "twice",
                        exchange.withBody(with(object, '"' + field.getKey() + "\": " + field.getValue())))));
        Map.of(
                        "a list", "[" + valid + "]",
                        "an empty list", "[]",
                        "a text", "\"x\"",
                        "a number", "1",
                        "truth", "true",
                        "no JSON", "name=x&y",
                        "cut off", valid.substring(0, valid.length() - 1),
                        "twice", valid + valid,
                        "with a comment", "/* */" + valid,
                        "in single quotes", "{'a': 1}")
                .forEach((what, body) -> mutations.add(Mutation.refused("body " + what, exchange.withBody(body))));
        mutations.add(Mutation.refused("body nested deeply", exchange.withBody("{\"a\":".repeat(3_000))));
        mutations.add(Mutation.refused("body too large", exchange.withBody(" ".repeat(2_000_000) + valid)));
        Mutation empty = Mutation.refused("body empty", exchange.withBody(""));
        Mutation blank = Mutation.refused("body null", exchange.withBody("null"));
        mutations.addAll(required ? List.of(empty, blank) : List.of(survivor(empty), survivor(blank)));
        mutations.add(Mutation.survives("body in UTF-16", exchange.withBody(valid.getBytes(UTF_16))));
        for (int[] bad :
                new int[][] {{0xff}, {0xc0, 0x80}, {0xed, 0xa0, 0x80}, {0xf4, 0x90, 0x80, 0x80}, {0xe2, 0x82}}) {
            mutations.add(Mutation.refused("body with bad UTF-8", exchange.withBody(inserted(object, bad, random))));
        }
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense", "*/*", "")) {
            mutations.add(
                    required
                            ? Mutation.refused("Content-Type " + type, exchange.withHeader("Content-Type", type))
                            : Mutation.survives("Content-Type " + type, exchange.withHeader("Content-Type", type)));
        }
        return mutations;
    }

    private static Mutation survivor(Mutation mutation) {
        return Mutation.survives(mutation.what(), mutation.exchange());
    }

    private static String with(ObjectNode object, String more) {
        String text = object.toString();
        return text.substring(0, text.length() - 1) + (object.isEmpty() ? "" : ", ") + more + "}";
    }

    /** In a text of the body, or in a field of its own where it has none. */
    private static byte[] inserted(ObjectNode object, int[] bad, RandomGenerator random) {
        byte[] text = (object.isEmpty() ? "{\"a\": \"b\"}" : object.toString()).getBytes(UTF_8);
        int at = 2 + random.nextInt(Math.max(1, text.length - 4));
        byte[] broken = new byte[text.length + bad.length];
        System.arraycopy(text, 0, broken, 0, at);
        for (int i = 0; i < bad.length; i++) {
            broken[at + i] = (byte) bad[i];
        }
        System.arraycopy(text, at, broken, at + bad.length, text.length - at);
        return broken;
    }
}
