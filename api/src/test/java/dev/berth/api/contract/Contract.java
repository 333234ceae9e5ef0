package dev.berth.api.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The committed {@code openapi.json}, as far as the suites walk it. */
public final class Contract {
    public static final JsonMapper JSON = new JsonMapper();

    private final JsonNode document;

    private Contract(JsonNode document) {
        this.document = document;
    }

    public static Contract committed() {
        try {
            return of(Files.readString(Path.of("openapi.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Contract of(String document) {
        return new Contract(JSON.readTree(document));
    }

    public List<Endpoint> endpoints() {
        return document.get("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream().map(method -> endpoint(path.getKey(), method)))
                .toList();
    }

    public Endpoint endpoint(String operationId) {
        return endpoints().stream()
                .filter(endpoint -> endpoint.id().equals(operationId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("openapi.json knows no " + operationId));
    }

    private Endpoint endpoint(String path, Map.Entry<String, JsonNode> method) {
        JsonNode operation = method.getValue();
        List<Param> params = operation.path("parameters").values().stream()
                .map(param -> new Param(
                        param.get("name").asString(),
                        param.get("in").asString(),
                        param.path("required").asBoolean(false),
                        resolve(param.path("schema"))))
                .toList();
        return new Endpoint(
                operation.get("operationId").asString(),
                method.getKey().toUpperCase(Locale.ROOT),
                path,
                params,
                body(operation.path("requestBody")),
                operation.get("responses"));
    }

    private Optional<Body> body(JsonNode request) {
        JsonNode schema = request.at("/content/application~1json/schema");
        return schema.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Body(request.path("required").asBoolean(false), resolve(schema)));
    }

    /** What a schema means where it only refers to another. */
    public JsonNode resolve(JsonNode schema) {
        JsonNode reference = schema.path("$ref");
        return reference.isMissingNode()
                ? schema
                : resolve(document.at(reference.asString().substring(1)));
    }

    /**
     * One operation.
     *
     * @param responses what it may answer, by status
     */
    public record Endpoint(
            String id, String method, String path, List<Param> params, Optional<Body> body, JsonNode responses) {
        public boolean reads() {
            return method.equals("GET");
        }

        public Stream<Param> in(String place) {
            return params.stream().filter(param -> param.in().equals(place));
        }

        @Override
        public String toString() {
            return id;
        }
    }

    /** A parameter of the path, the query or a header. */
    public record Param(String name, String in, boolean required, JsonNode schema) {}

    /** What is sent along. */
    public record Body(boolean required, JsonNode schema) {}
}
