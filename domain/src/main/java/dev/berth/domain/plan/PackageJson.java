package dev.berth.domain.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Berth reads of a {@code package.json}. Source: npm's documentation, "package.json".
 *
 * @param dependencies of every kind that npm installs, name to wanted range
 */
record PackageJson(
        Map<String, String> scripts, Optional<String> main, Map<String, String> dependencies, boolean workspaces) {
    private static final String FILE = "package.json";

    static PackageJson parse(String text) {
        JsonNode json = JsonFile.object(FILE, text);
        Map<String, String> dependencies = new LinkedHashMap<>();
        Stream.of("dependencies", "devDependencies", "optionalDependencies")
                .forEach(field -> dependencies.putAll(strings(json, field)));
        return new PackageJson(
                strings(json, "scripts"),
                Optional.of(json.path("main")).filter(JsonNode::isTextual).map(JsonNode::asText),
                dependencies,
                json.hasNonNull("workspaces"));
    }

    Optional<String> script(String name) {
        return Optional.ofNullable(scripts.get(name)).map(String::strip).filter(script -> !script.isEmpty());
    }

    private static Map<String, String> strings(JsonNode json, String field) {
        JsonNode node = json.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return Map.of();
        }
        if (!node.isObject()) {
            throw new InvalidAppException(
                    "“" + field + "” in package.json is not an object.", "Write it as {\"name\": \"value\"}.");
        }
        Map<String, String> strings = new LinkedHashMap<>();
        node.properties().forEach(property -> {
            if (!property.getValue().isTextual()) {
                throw new InvalidAppException(
                        "“" + field + "." + property.getKey() + "” in package.json is not a string.",
                        "Write its value in double quotes.");
            }
            strings.put(property.getKey(), property.getValue().asText());
        });
        return strings;
    }
}
