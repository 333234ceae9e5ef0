package dev.berth.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A running Berth as its users see it.
 *
 * @param gitUrl a repository whose branch {@code main} is {@code examples/hello-node}
 * @param edge where apps answer, {@code http://host:port}
 * @param dockerHost the engine that the stack runs on
 */
record Stack(URI api, String token, String gitUrl, URI edge, String dockerHost) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = client();

    static Stack of(Map<String, String> environment) {
        return new Stack(
                URI.create(required(environment, "BERTH_BENCH_API")),
                required(environment, "BERTH_BENCH_TOKEN"),
                required(environment, "BERTH_BENCH_GIT"),
                URI.create(required(environment, "BERTH_BENCH_EDGE")),
                required(environment, "DOCKER_HOST"));
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(name + " is not set: run the measurement through ./berth bench.");
        }
        return value;
    }

    JsonNode call(String method, String path, Object body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("If-Match", "*")
                .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                    method + " " + path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
    }

    /** Returns when the app at {@code url} answers {@code text}, asked through the edge every 20 ms. */
    void awaitAnswer(String url, String text, Duration deadline) throws InterruptedException {
        HttpRequest request = visit(url);
        await(deadline, text + " at " + url, () -> {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 && response.body().strip().equals(text);
        });
    }

    /** Returns when the edge answers {@code status} for {@code url}, asked every 20 ms. */
    void awaitStatus(String url, int status, Duration deadline) throws InterruptedException {
        await(
                deadline,
                status + " at " + url,
                () -> HTTP.send(visit(url), HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == status);
    }

    private HttpRequest visit(String url) {
        return HttpRequest.newBuilder(edge)
                .timeout(Duration.ofSeconds(2))
                .header("Host", URI.create(url).getAuthority())
                .build();
    }

    /** Returns when the operation has succeeded. */
    void awaitOperation(String id, Duration deadline) throws InterruptedException {
        await(deadline, "operation " + id, () -> {
            String status = call("GET", "/api/containers/operations/" + id, Map.of())
                    .get("status")
                    .asText();
            if (status.equals("failed") || status.equals("cancelled") || status.equals("superseded")) {
                throw new IllegalStateException("The operation ended " + status);
            }
            return status.equals("succeeded");
        });
    }

    static void await(Duration deadline, String what, Condition condition) throws InterruptedException {
        Instant end = Instant.now().plus(deadline);
        while (true) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException e) {
                // Not there yet.
            }
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("Not seen within " + deadline.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static HttpClient client() {
        // The edge routes by Host, which the JDK lets a client set only where this was said before the first client is
        // made.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    }

    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }
}
