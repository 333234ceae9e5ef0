package dev.berth.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.activities.swarm.Engine;
import dev.berth.activities.swarm.RevisionNames;
import dev.berth.local.supervise.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Stops this instance's apps on an engine that runs on without us, and starts them again: scales its Swarm services to zero
 * and remembers how many replicas each had.
 */
final class Parking {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final Engine engine;
    private final String instance;
    private final Path file;

    Parking(Engine engine, String instance, Path file) {
        this.engine = engine;
        this.instance = instance;
        this.file = file;
    }

    void park() throws IOException {
        ObjectNode parked = Files.exists(file) ? (ObjectNode) JSON.readTree(file.toFile()) : JSON.createObjectNode();
        for (JsonNode service : engine.get("/services?" + mine())) {
            int replicas = replicas(service);
            if (replicas > 0) {
                parked.put(service.path("ID").asText(), replicas);
                Files.writeString(file, parked.toString());
                scale(service, 0);
            }
        }
        Pause.until(() -> appContainers() == 0, LIMIT);
    }

    void unpark() throws IOException {
        if (Files.notExists(file)) {
            return;
        }
        JsonNode parked = JSON.readTree(file.toFile());
        for (JsonNode service : engine.get("/services?" + mine())) {
            int replicas = parked.path(service.path("ID").asText()).asInt();
            if (replicas > 0 && replicas(service) == 0) {
                scale(service, replicas);
            }
        }
        Files.delete(file);
    }

    /** Removes all that carries this instance's label. */
    void removeAll() {
        for (JsonNode service : engine.get("/services?" + mine())) {
            engine.delete("/services/" + service.path("ID").asText());
        }
        Pause.until(() -> appContainers() == 0, LIMIT);
        for (JsonNode container : engine.get("/containers/json?all=true&" + mine())) {
            engine.delete("/containers/" + container.path("Id").asText() + "?force=true&v=true");
        }
        for (JsonNode volume : engine.get("/volumes?" + mine()).path("Volumes")) {
            engine.delete("/volumes/" + volume.path("Name").asText());
        }
        for (JsonNode secret : engine.get("/secrets?" + mine())) {
            engine.delete("/secrets/" + secret.path("ID").asText());
        }
        for (JsonNode network : engine.get("/networks?" + mine())) {
            engine.delete("/networks/" + network.path("Id").asText());
        }
    }

    private String mine() {
        return "filters=" + Engine.encode("{\"label\":[\"" + RevisionNames.INSTANCE + "=" + instance + "\"]}");
    }

    private long appContainers() {
        long count = 0;
        for (JsonNode container : engine.get("/containers/json?" + mine())) {
            count += container.path("Labels").has("com.docker.swarm.service.id") ? 1 : 0;
        }
        return count;
    }

    private static int replicas(JsonNode service) {
        return service.path("Spec")
                .path("Mode")
                .path("Replicated")
                .path("Replicas")
                .asInt();
    }

    private void scale(JsonNode service, int replicas) {
        ObjectNode spec = service.path("Spec").deepCopy();
        ((ObjectNode) spec.path("Mode").path("Replicated")).put("Replicas", replicas);
        String id = service.path("ID").asText();
        engine.post(
                "/services/" + id + "/update?version="
                        + service.path("Version").path("Index").asLong(),
                spec);
    }
}
