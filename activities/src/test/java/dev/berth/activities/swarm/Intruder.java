package dev.berth.activities.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a tenant can do from a shell in a container of its own: runs the tests' app there with an order to misbehave. */
public record Intruder(Engine engine, String container) {
    /** What the app says about each thing that it tried, in words; see {@code src/test/app/hostile.go}. */
    public Map<String, String> tries(String what, List<String> arguments) {
        Map<String, String> outcome = new TreeMap<>();
        attempt(what, arguments)
                .said()
                .properties()
                .forEach(entry -> outcome.put(entry.getKey(), entry.getValue().asText()));
        return outcome;
    }

    public Map<String, String> tries(String what, String... arguments) {
        return tries(what, List.of(arguments));
    }

    /** @return its exit code too, for what does not live to say anything */
    Attempt attempt(String what, List<String> arguments) {
        ObjectNode order = engine.object().put("AttachStdout", true).put("Tty", true);
        ArrayNode command = order.putArray("Cmd").add("/app").add(what);
        arguments.forEach(command::add);
        String id = engine.post("/containers/" + container + "/exec", order)
                .path("Id")
                .asText();
        JsonNode said = engine.post(
                "/exec/" + id + "/start", engine.object().put("Detach", false).put("Tty", true));
        return new Attempt(
                said, engine.get("/exec/" + id + "/json").path("ExitCode").asInt());
    }

    record Attempt(JsonNode said, int exitCode) {}
}
