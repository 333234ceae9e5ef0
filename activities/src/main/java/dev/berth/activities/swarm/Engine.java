package dev.berth.activities.swarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Request.Method;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A conversation with one Docker engine: JSON in and out, every call bounded in time and size.
 *
 * <p>The API version is settled with the first call: the lower of the engine's and ours. Thread-safe. Needs no Spring and no
 * Temporal, so the launcher may use it too.
 */
public final class Engine implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final int CONNECTIONS = 16;
    /** 2,000 tasks with their network attachments are about 4 MB. */
    private static final int ANSWER_LIMIT = 64 << 20;

    private final DockerHttpClient http;
    private volatile ApiVersion version;

    private Engine(DockerHttpClient http) {
        this.http = http;
        this.version = new ApiVersion(0, 0);
    }

    /** @param host {@code unix:///var/run/docker.sock} or {@code tcp://host:2375} */
    public static Engine at(URI host) {
        return new Engine(new ZerodepDockerHttpClient.Builder()
                .dockerHost(host)
                .maxConnections(CONNECTIONS)
                .connectionTimeout(CONNECT_TIMEOUT)
                .responseTimeout(ANSWER_TIMEOUT)
                .build());
    }

    /** What both sides speak. */
    public ApiVersion version() {
        ApiVersion known = version;
        if (known.major() == 0) {
            String offered = json(send(Method.GET, "/version", null, Map.of()))
                    .path("ApiVersion")
                    .asText();
            known = ApiVersion.parse(offered).atMost(ApiVersion.OURS);
            version = known;
        }
        return known;
    }

    /** What this engine is in its Swarm. */
    public SwarmMembership membership() {
        JsonNode swarm = get("/info").path("Swarm");
        return new SwarmMembership(
                swarm.path("LocalNodeState").asText(),
                swarm.path("NodeID").asText(),
                swarm.path("ControlAvailable").asBoolean());
    }

    public JsonNode get(String path) {
        return json(call(Method.GET, path, null));
    }

    public JsonNode post(String path, JsonNode body) {
        return json(call(Method.POST, path, bytes(body)));
    }

    /** With headers of its own, whose values are never logged. */
    JsonNode post(String path, JsonNode body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return json(send(Method.POST, versioned(path), new ByteArrayInputStream(bytes(body)), all));
    }

    /** For answers that are a stream of documents; headers as above. */
    String postForText(String path, Map<String, String> headers) {
        return new String(send(Method.POST, versioned(path), null, headers), StandardCharsets.UTF_8);
    }

    public JsonNode post(String path) {
        return json(call(Method.POST, path, null));
    }

    public void delete(String path) {
        call(Method.DELETE, path, null);
    }

    /** An empty body to fill. */
    public ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** The raw answer, for log streams. */
    byte[] read(String path) {
        return call(Method.GET, path, null);
    }

    /** Reads an answer of any length as it comes; {@code reading} may stop before its end. */
    <T> T read(String path, Reading<T> reading) {
        return send(Method.GET, versioned(path), null, Map.of(), reading);
    }

    /** What becomes of an answer. */
    interface Reading<T> {
        T of(InputStream answer) throws IOException;
    }

    /** Sends a tar archive of any size without holding it in memory. */
    public String upload(String path, InputStream tar) {
        return new String(
                send(Method.POST, versioned(path), tar, Map.of("Content-Type", "application/x-tar")),
                StandardCharsets.UTF_8);
    }

    /** {@code key=value} conditions in the form that list calls take. */
    static String filters(Map<String, List<String>> conditions) {
        return "filters=" + encode(text(JSON.valueToTree(conditions)));
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            http.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] call(Method method, String path, byte @org.jspecify.annotations.Nullable [] body) {
        return send(
                method,
                versioned(path),
                body == null ? null : new ByteArrayInputStream(body),
                body == null ? Map.of() : Map.of("Content-Type", "application/json"));
    }

    private String versioned(String path) {
        return "/v" + version() + path;
    }

    private byte[] send(
            Method method,
            String path,
            @org.jspecify.annotations.Nullable InputStream body,
            Map<String, String> headers) {
        return send(method, path, body, headers, answer -> answer.readNBytes(ANSWER_LIMIT));
    }

    private <T> T send(
            Method method,
            String path,
            @org.jspecify.annotations.Nullable InputStream body,
            Map<String, String> headers,
            Reading<T> reading) {
        Request.Builder request = Request.builder();
        request.method(method).path(path).putAllHeaders(headers);
        if (body != null) {
            request.body(body);
        }
        // Closing it breaks off what was not read.
        try (DockerHttpClient.Response answer = http.execute(request.build())) {
            if (answer.getStatusCode() >= 400) {
                throw new EngineException(
                        answer.getStatusCode(), said(answer.getBody().readNBytes(ANSWER_LIMIT)));
            }
            return reading.of(answer.getBody());
        } catch (IOException e) {
            throw new EngineException("The answer of the Docker engine broke off", e);
        } catch (EngineException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new EngineException("The Docker engine does not answer", e);
        }
    }

    /** The engine's own words: {@code {"message": "…"}}. */
    private static String said(byte[] content) {
        try {
            return JSON.readTree(content).path("message").asText(new String(content, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new String(content, StandardCharsets.UTF_8);
        }
    }

    private static JsonNode json(byte[] content) {
        try {
            return content.length == 0 ? JSON.missingNode() : JSON.readTree(content);
        } catch (IOException e) {
            throw new EngineException("The Docker engine answered with something that is not JSON", e);
        }
    }

    private static byte[] bytes(JsonNode body) {
        return text(body).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(JsonNode body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not writable as JSON", e);
        }
    }

    /**
     * @param state {@code active} for a member, {@code inactive} for an engine in no Swarm
     * @param manager whether services can be created through this engine
     */
    public record SwarmMembership(String state, String nodeId, boolean manager) {
        public boolean isActive() {
            return "active".equals(state);
        }
    }
}
