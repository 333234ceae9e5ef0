package dev.berth.local.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What Temporal keeps, read as its Web UI reads it. */
final class Histories {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String WORKFLOWS = "/api/v1/namespaces/default/workflows";

    private Histories() {}

    record Execution(String workflowId, String runId) {}

    static List<Execution> all() {
        List<Execution> executions = new ArrayList<>();
        String page = "";
        do {
            JsonNode answer = get(WORKFLOWS + "?pageSize=500&nextPageToken=" + encoded(page));
            answer.path("executions")
                    .forEach(execution -> executions.add(new Execution(
                            execution.at("/execution/workflowId").asText(),
                            execution.at("/execution/runId").asText())));
            page = answer.path("nextPageToken").asText("");
        } while (!page.isEmpty());
        return executions;
    }

    /** The whole history as text, and after it everything in it that is base64, decoded. */
    static String readable(Execution execution) {
        StringBuilder text = new StringBuilder();
        String page = "";
        do {
            JsonNode answer = get(WORKFLOWS + "/" + encoded(execution.workflowId()) + "/history?execution.runId="
                    + execution.runId() + "&maximumPageSize=1000&nextPageToken=" + encoded(page));
            text.append(answer);
            answer.findValuesAsText("data").forEach(data -> text.append('\n').append(decoded(data)));
            page = answer.path("nextPageToken").asText("");
        } while (!page.isEmpty());
        return text.toString();
    }

    private static String decoded(String data) {
        try {
            return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return data;
        }
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }

    private static JsonNode get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(RunningBerth.variable("BERTH_TEST_TEMPORAL_UI") + path))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + response.statusCode() + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
