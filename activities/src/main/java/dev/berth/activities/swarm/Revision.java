package dev.berth.activities.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * A revision as Swarm holds it.
 *
 * @param id Swarm's own id
 * @param replicas what it is scaled to
 */
public record Revision(String id, String name, UUID organizationId, UUID serviceId, UUID deploymentId, int replicas) {
    static Revision of(JsonNode json) {
        JsonNode spec = json.path("Spec");
        JsonNode labels = spec.path("Labels");
        return new Revision(
                json.path("ID").asText(),
                spec.path("Name").asText(),
                UUID.fromString(labels.path(RevisionNames.ORGANIZATION).asText()),
                UUID.fromString(labels.path(RevisionNames.SERVICE).asText()),
                UUID.fromString(labels.path(RevisionNames.DEPLOYMENT).asText()),
                spec.path("Mode").path("Replicated").path("Replicas").asInt());
    }
}
