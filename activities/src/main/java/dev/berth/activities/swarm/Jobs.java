package dev.berth.activities.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.activities.registry.PullCredential;
import dev.berth.domain.DeploymentRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The one-off tasks that Berth made for deployments. Every operation may be repeated and then changes nothing more. */
public final class Jobs {
    private final Engine engine;
    private final String instance;

    /** @param instance which installation's jobs these are */
    public Jobs(Engine engine, String instance) {
        this.engine = engine;
        this.instance = instance;
    }

    /** Starts it, or finds the one that an earlier try started. */
    public void create(JobSpec spec, String networkId, Optional<PullCredential> pull) {
        if (isThere(spec.revision().deployment())) {
            return;
        }
        try {
            engine.post(
                    "/services/create",
                    spec.toJson(engine.version(), networkId),
                    pull.map(credential -> Map.of("X-Registry-Auth", credential.header()))
                            .orElse(Map.of()));
        } catch (EngineException e) {
            // Two tries may overlap when the first one's answer got lost.
            if (!e.isConflict()) {
                throw e;
            }
        }
    }

    /** Every one of this installation. */
    public List<Seen> all() {
        List<Seen> seen = new ArrayList<>();
        for (JsonNode json : list(RevisionNames.JOB + "=" + RevisionNames.RELEASE)) {
            deployment(json)
                    .ifPresent(deployment -> seen.add(new Seen(
                            deployment, Instant.parse(json.path("UpdatedAt").asText()))));
        }
        return seen;
    }

    /** @param touchedAt when it was changed last, by the manager's clock */
    public record Seen(DeploymentRef deployment, Instant touchedAt) {}

    /** What an element of {@code GET /services} is the job of; empty where its labels and its name are not a job's. */
    static Optional<DeploymentRef> deployment(JsonNode json) {
        JsonNode labels = json.path("Spec").path("Labels");
        try {
            DeploymentRef deployment = new DeploymentRef(
                    UUID.fromString(labels.path(RevisionNames.ORGANIZATION).asText()),
                    UUID.fromString(labels.path(RevisionNames.SERVICE).asText()),
                    UUID.fromString(labels.path(RevisionNames.DEPLOYMENT).asText()));
            boolean job = labels.path(RevisionNames.JOB).asText().equals(RevisionNames.RELEASE);
            String name = json.path("Spec").path("Name").asText();
            return Optional.of(deployment).filter(of -> job && name.equals(RevisionNames.jobName(of.deploymentId())));
        } catch (IllegalArgumentException notBerths) {
            return Optional.empty();
        }
    }

    public boolean isThere(DeploymentRef deployment) {
        return !ids(RevisionNames.DEPLOYMENT + "=" + deployment.deploymentId()).isEmpty();
    }

    /** Its tasks: one, and none before Swarm has made it or once the job is gone. */
    public List<Task> tasks(DeploymentRef deployment) {
        try {
            List<Task> tasks = new ArrayList<>();
            String service = RevisionNames.jobName(deployment.deploymentId());
            engine.get("/tasks?" + Engine.filters(Map.of("service", List.of(service))))
                    .forEach(json -> tasks.add(Task.of(json)));
            return tasks;
        } catch (EngineException e) {
            if (e.isNotFound()) {
                return List.of();
            }
            throw e;
        }
    }

    public void remove(DeploymentRef deployment) {
        removeAll(RevisionNames.DEPLOYMENT + "=" + deployment.deploymentId());
    }

    /** Every job of one service. */
    public void removeOfService(UUID serviceId) {
        removeAll(RevisionNames.SERVICE + "=" + serviceId);
    }

    private void removeAll(String label) {
        for (String id : ids(label)) {
            try {
                engine.delete("/services/" + id);
            } catch (EngineException e) {
                if (!e.isNotFound()) {
                    throw e;
                }
            }
        }
    }

    private List<String> ids(String label) {
        List<String> ids = new ArrayList<>();
        for (JsonNode json : list(label)) {
            if (deployment(json).isPresent()) {
                ids.add(json.path("ID").asText());
            }
        }
        return ids;
    }

    private JsonNode list(String label) {
        List<String> conditions = List.of(label, RevisionNames.INSTANCE + "=" + instance);
        return engine.get("/services?" + Engine.filters(Map.of("label", conditions)));
    }
}
