package dev.berth.activities.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.domain.DeploymentRef;
import java.util.Optional;
import java.util.UUID;

/**
 * A revision as Swarm holds it.
 *
 * @param id Swarm's own id
 * @param replicas what it is scaled to
 */
public record Revision(String id, String name, UUID organizationId, UUID serviceId, UUID deploymentId, int replicas) {
    /**
     * Reads one element of {@code GET /services}; empty where its labels and its name are not those that Berth gives. Anybody
     * with the engine's socket may make a service with Berth's label, and it must neither be taken for Berth's nor stop the look
     * at what is.
     */
    static Optional<Revision> of(JsonNode json) {
        JsonNode spec = json.path("Spec");
        JsonNode labels = spec.path("Labels");
        try {
            Revision revision = new Revision(
                    json.path("ID").asText(),
                    spec.path("Name").asText(),
                    UUID.fromString(labels.path(RevisionNames.ORGANIZATION).asText()),
                    UUID.fromString(labels.path(RevisionNames.SERVICE).asText()),
                    UUID.fromString(labels.path(RevisionNames.DEPLOYMENT).asText()),
                    spec.path("Mode").path("Replicated").path("Replicas").asInt());
            return Optional.of(revision)
                    .filter(found -> found.name().equals(RevisionNames.serviceName(found.deploymentId())));
        } catch (IllegalArgumentException notBerths) {
            return Optional.empty();
        }
    }

    public DeploymentRef deployment() {
        return new DeploymentRef(organizationId, serviceId, deploymentId);
    }
}
