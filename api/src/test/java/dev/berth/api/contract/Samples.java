package dev.berth.api.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.api.contract.Contract.Endpoint;
import dev.berth.api.contract.Contract.Param;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes a request that the document allows and that names rows of a world. */
public final class Samples {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Contract contract;

    public Samples(Contract contract) {
        this.contract = contract;
    }

    public Exchange of(Endpoint endpoint, World world) {
        Map<String, String> path = new LinkedHashMap<>();
        endpoint.in("path")
                .forEach(param -> path.put(param.name(), world.id(param.name()).toString()));
        Map<String, String> headers = new LinkedHashMap<>();
        endpoint.in("header").filter(Param::required).forEach(param -> headers.put(param.name(), header(param)));
        byte[] body = endpoint.body()
                .map(schema -> Contract.JSON.writeValueAsBytes(body(endpoint, schema.schema(), world)))
                .orElse(new byte[0]);
        endpoint.body().ifPresent(schema -> headers.put("Content-Type", "application/json"));
        return new Exchange(endpoint, path, List.of(), headers, body);
    }

    private static String header(Param param) {
        // Whatever version is there.
        return param.name().equals("If-Match") ? "*" : "x";
    }

    public ObjectNode body(Endpoint endpoint, World world) {
        return (ObjectNode) body(endpoint, endpoint.body().orElseThrow().schema(), world);
    }

    private JsonNode body(Endpoint endpoint, JsonNode schema, World world) {
        ObjectNode body = NODES.objectNode();
        schema.path("properties").properties().stream()
                .filter(field ->
                        !LEFT_OUT.getOrDefault(endpoint.id(), List.of()).contains(field.getKey()))
                .forEach(field -> body.set(field.getKey(), value(endpoint, field.getKey(), field.getValue(), world)));
        return body;
    }

    /** Fields that exclude another one of the same body, or mean something only when the world was prepared for it. */
    private static final Map<String, List<String>> LEFT_OUT =
            Map.of("createSession", List.of("email", "password", "code"));

    /** What a schema cannot say: which text means something. */
    private static JsonNode special(Endpoint endpoint, String field, World world) {
        return switch (endpoint.id() + "." + field) {
            case "createSession.token" ->
                NODES.stringNode(world.token(world.owner(), "admin", java.util.Optional.empty()));
            default ->
                switch (field) {
                    case "name", "displayName" -> NODES.stringNode("A name");
                    case "slug" ->
                        NODES.stringNode("s" + UUID.randomUUID().toString().substring(24));
                    case "gitUrl" -> NODES.stringNode("https://git.example.org/a/b.git");
                    case "email" -> NODES.stringNode("m" + UUID.randomUUID() + "@example.org");
                    case "password", "currentPassword" -> NODES.stringNode(World.PASSWORD);
                    case "newPassword" -> NODES.stringNode("another password for tests");
                    case "code" -> NODES.stringNode("123456");
                    case "healthPath" -> NODES.stringNode("/health");
                    // The one that goes with every other field.
                    case "strategy" -> NODES.stringNode("recreate");
                    case "role" -> NODES.stringNode("developer");
                    default -> NODES.missingNode();
                };
        };
    }

    private JsonNode value(Endpoint endpoint, String name, JsonNode declared, World world) {
        JsonNode special = special(endpoint, name, world);
        if (!special.isMissingNode()) {
            return special;
        }
        JsonNode schema = contract.resolve(declared);
        if (schema.path("format").asString("").equals("uuid")) {
            return NODES.stringNode(world.id(name).toString());
        }
        for (String given : List.of("default", "example")) {
            if (schema.has(given)) {
                return schema.get(given);
            }
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(0);
        }
        return switch (Conformance.types(schema).stream().findFirst().orElse("object")) {
            case "string" -> NODES.stringNode(text(schema));
            case "integer" -> NODES.numberNode(schema.path("minimum").asInt(1));
            case "number" -> schema.has("minimum") ? schema.get("minimum") : NODES.numberNode(1);
            case "boolean" -> NODES.booleanNode(false);
            case "array" -> NODES.arrayNode();
            default ->
                schema.has("additionalProperties")
                                && schema.get("additionalProperties").isObject()
                        ? NODES.objectNode().put("GREETING", "hello")
                        : body(endpoint, schema, world);
        };
    }

    private static String text(JsonNode schema) {
        return switch (schema.path("format").asString("")) {
            case "date-time" -> "2030-01-01T00:00:00Z";
            case "uri" -> "https://example.org/";
            default -> "x".repeat(Math.max(4, schema.path("minLength").asInt(1)));
        };
    }

    static byte[] bytes(JsonNode body) {
        return body.toString().getBytes(UTF_8);
    }
}
