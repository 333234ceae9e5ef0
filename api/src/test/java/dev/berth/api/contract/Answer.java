package dev.berth.api.contract;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What came back.
 *
 * @param headers by lower-case name
 * @param body empty for a stream of events, of which only the head is read
 */
public record Answer(int status, Map<String, List<String>> headers, String body) {
    public String header(String name) {
        return String.join(", ", headers.getOrDefault(name, List.of()));
    }

    public boolean succeeded() {
        return status >= 200 && status < 300;
    }

    public boolean isProblem() {
        return header("content-type").startsWith("application/problem+json");
    }

    /** Pointers and parameters that a problem names. */
    public List<String> blamed() {
        return Contract.JSON.readTree(body).path("errors").values().stream()
                .map(item -> item.get("pointer").isNull() ? item.get("parameter") : item.get("pointer"))
                .map(JsonNode::asString)
                .toList();
    }

    @Override
    public String toString() {
        return status + " " + (body.length() > 600 ? body.substring(0, 600) + "…" : body);
    }
}
