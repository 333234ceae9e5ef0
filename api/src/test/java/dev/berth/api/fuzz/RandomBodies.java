package dev.berth.api.fuzz;

import dev.berth.api.contract.Contract;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Bodies that nobody thought of: some fields of a valid one replaced by anything that JSON can say. */
final class RandomBodies {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "A",
            "-",
            "0",
            "null",
            "true",
            "é",
            "日本",
            "\u202e",
            "💣",
            "a b",
            "a\tb",
            "a/b",
            "..",
            "https://h/r",
            "x".repeat(101),
            "1e400",
            "main",
            "/",
            "berth_x",
            "owner",
            "[object Object]");

    private final RandomGenerator random;

    RandomBodies(RandomGenerator random) {
        this.random = random;
    }

    ObjectNode of(ObjectNode valid) {
        ObjectNode body = valid.deepCopy();
        List<String> names = List.copyOf(valid.propertyNames());
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            if (names.isEmpty() || random.nextInt(8) == 0) {
                body.set("f" + random.nextInt(100), value(2));
            } else if (random.nextInt(5) == 0) {
                body.remove(names.get(random.nextInt(names.size())));
            } else {
                body.set(names.get(random.nextInt(names.size())), value(3));
            }
        }
        return body;
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextInt(-2, 300));
            case 3 -> NODES.numberNode(random.nextLong());
            case 4 -> NODES.numberNode(random.nextDouble() * 100);
            case 5 -> NODES.stringNode(TEXTS.get(random.nextInt(TEXTS.size())));
            case 6 -> list(depth - 1);
            default -> object(depth - 1);
        };
    }

    private ArrayNode list(int depth) {
        ArrayNode list = NODES.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(value(depth));
        }
        return list;
    }

    private ObjectNode object(int depth) {
        ObjectNode object = Contract.JSON.createObjectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.set(TEXTS.get(random.nextInt(TEXTS.size())), value(depth));
        }
        return object;
    }
}
