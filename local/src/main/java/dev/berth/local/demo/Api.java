package dev.berth.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.local.LocalFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Berth's HTTP API, as any client speaks it. */
final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String base;
    private final String token;

    Api(String base, String token) {
        this.base = base;
        this.token = token;
    }

    JsonNode get(String path) throws IOException {
        return send(HttpRequest.newBuilder().GET(), path);
    }

    JsonNode post(String path, Object body) throws IOException {
        return send(
                HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))),
                path);
    }

    /** Changes whatever is there: the demo is alone with its app. */
    JsonNode patch(String path, Object body) throws IOException {
        return send(
                HttpRequest.newBuilder()
                        .header("If-Match", "*")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))),
                path);
    }

    /** @throws LocalFailure with the problem's own words when the answer is none of 2xx */
    private JsonNode send(HttpRequest.Builder request, String path) throws IOException {
        try {
            HttpResponse<String> answer = http.send(
                    request.uri(URI.create(base + path))
                            .timeout(Duration.ofSeconds(15))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new LocalFailure(
                        "The API answered " + answer.statusCode() + " to " + path + ": " + answer.body());
            }
            return answer.body().isEmpty() ? JSON.missingNode() : JSON.readTree(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
