package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The stack under test, through the doors that users have: API, edge, and nothing else. */
final class RunningBerth {
    static final Duration BUILD = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = client();
    private static final List<String> TERMINAL =
            List.of("running", "failed", "rolled_back", "cancelled", "superseded", "retired");

    private final URI api = URI.create(variable("BERTH_TEST_API"));
    private final String token = variable("BERTH_TEST_TOKEN");
    private final URI edge = URI.create("http://" + variable("BERTH_TEST_EDGE_ADDRESS"));

    static String variable(String name) {
        return Optional.ofNullable(System.getenv(name))
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new IllegalStateException(name + " is not set: run it through ./berth test."));
    }

    /** A service of hello-node's kind; {@code overrides} are name and value by turns. */
    App create(String name, String gitUrl, Object... overrides) {
        Map<String, Object> body = new HashMap<>();
        body.put("name", name + "-" + Long.toString(System.nanoTime(), 36));
        body.put("gitUrl", gitUrl);
        for (int i = 0; i < overrides.length; i += 2) {
            body.put((String) overrides[i], overrides[i + 1]);
        }
        JsonNode service = expect(201, call("POST", "/api/containers/services", body));
        return new App(this, service.get("id").asText(), service.get("url").asText());
    }

    /** @param body null for none */
    Answer call(String method, String path, Object body) {
        return send(HttpRequest.newBuilder(api.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("If-Match", "*")
                .method(method, HttpRequest.BodyPublishers.ofString(json(body)))
                .build());
    }

    /** A POST without a body that may be sent again under its key. */
    Answer keyed(String key, String path) {
        return send(HttpRequest.newBuilder(api.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    /** What a visitor of {@code url} gets; status 0 where no answer came. */
    Answer visit(String url, String path) {
        HttpRequest request = HttpRequest.newBuilder(edge.resolve(path))
                .timeout(Duration.ofSeconds(5))
                .header("Host", URI.create(url).getAuthority())
                // One that an ended edge left in the pool would fail the next visit, which no visitor's would.
                .header("Connection", "close")
                .build();
        try {
            return send(request);
        } catch (UncheckedIOException unreachable) {
            return new Answer(0, String.valueOf(unreachable.getMessage()));
        }
    }

    static JsonNode expect(int status, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer.json();
    }

    static boolean isTerminal(String deploymentStatus) {
        return TERMINAL.contains(deploymentStatus);
    }

    /** Looks again and again until {@code look} finds something. */
    static <T> T await(String what, Duration deadline, Supplier<Optional<T>> look) {
        Instant end = Instant.now().plus(deadline);
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("Not seen within " + deadline.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static HttpClient client() {
        // The edge routes by Host, which the JDK lets a client set only where this was said before the first client is
        // made.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,connection");
        return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    }

    private static Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String json(Object value) {
        try {
            return value == null ? "" : JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Answer(int status, String body) {
        JsonNode json() {
            try {
                return body.isEmpty() ? NullNode.getInstance() : JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(Arrays.toString(body.split("\n", 3)), e);
            }
        }
    }
}
