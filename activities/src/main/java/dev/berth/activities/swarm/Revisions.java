package dev.berth.activities.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.activities.registry.PullCredential;
import dev.berth.domain.DeploymentRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The Swarm services that Berth made for deployments. Every operation may be repeated and then changes nothing more. */
public final class Revisions {
    /** Lost races against another writer of the same service, which Swarm refuses with "update out of sequence". */
    private static final int SCALE_ATTEMPTS = 5;

    private static final Duration ELSEWHERE = Duration.ofSeconds(1);

    private final Engine engine;
    private final String instance;

    /** @param instance which installation's revisions these are; others on the same engine are never seen */
    public Revisions(Engine engine, String instance) {
        this.engine = engine;
        this.instance = instance;
    }

    /** As the next, from a registry that asks for nothing. */
    public Revision create(RevisionSpec spec, String networkId) {
        return create(spec, networkId, Optional.empty());
    }

    /**
     * Creates the deployment's Swarm service on the network, or finds the one that an earlier try made.
     *
     * @param pull what hosts show the registry; Swarm keeps it over every later change of the service
     */
    public Revision create(RevisionSpec spec, String networkId, Optional<PullCredential> pull) {
        Optional<Revision> earlier = find(spec.deployment());
        if (earlier.isPresent()) {
            return earlier.get();
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
        return find(spec.deployment())
                .orElseThrow(() -> new EngineException(
                        EngineException.UNREACHABLE,
                        "A Swarm service named " + spec.name() + " is there and belongs to something else"));
    }

    public Optional<Revision> find(DeploymentRef deployment) {
        return list(RevisionNames.DEPLOYMENT + "=" + deployment.deploymentId()).stream()
                .findFirst();
    }

    /** Every revision of one service. */
    public List<Revision> ofService(UUID serviceId) {
        return list(RevisionNames.SERVICE + "=" + serviceId);
    }

    /** Every revision of one organisation. */
    public List<Revision> ofOrganization(UUID organizationId) {
        return list(RevisionNames.ORGANIZATION + "=" + organizationId);
    }

    /** Every revision of this installation. */
    public List<Revision> all() {
        return list();
    }

    /** Scales it; nothing to do where it has that many replicas, or is gone. */
    public void scale(DeploymentRef deployment, int replicas) {
        for (int attempt = 1; ; attempt++) {
            Optional<Revision> revision = find(deployment).filter(found -> found.replicas() != replicas);
            if (revision.isEmpty()) {
                return;
            }
            try {
                scale(revision.get(), replicas);
                return;
            } catch (EngineException e) {
                if (attempt == SCALE_ATTEMPTS || !e.getMessage().contains("out of sequence")) {
                    throw e;
                }
            }
        }
    }

    private void scale(Revision revision, int replicas) {
        JsonNode service = engine.get("/services/" + revision.id());
        ObjectNode spec = service.path("Spec").deepCopy();
        ((ObjectNode) spec.path("Mode").path("Replicated")).put("Replicas", replicas);
        long index = service.path("Version").path("Index").asLong();
        engine.post("/services/" + revision.id() + "/update?version=" + index, spec);
    }

    public void remove(DeploymentRef deployment) {
        find(deployment).ifPresent(this::remove);
    }

    public void remove(Revision revision) {
        try {
            engine.delete("/services/" + revision.id());
        } catch (EngineException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    /**
     * Whether tasks that Swarm calls running really are healthy. For a moment it says so of a task whose container has just
     * ended, too (moby, {@code executor/container/controller.go}: the wait for the first healthy answer ends with the
     * container), so each container is asked itself; one on another host, which cannot be, must have run for a second.
     */
    public boolean confirms(List<Task> tasks) {
        return tasks.stream().filter(Task::serves).allMatch(this::isHealthy);
    }

    private boolean isHealthy(Task task) {
        try {
            JsonNode state = engine.get("/containers/" + task.containerId().orElse("none") + "/json")
                    .path("State");
            return state.path("Running").asBoolean()
                    && state.path("Health").path("Status").asText("healthy").equals("healthy");
        } catch (EngineException e) {
            if (!e.isNotFound()) {
                throw e;
            }
            return task.since().isBefore(Instant.now().minus(ELSEWHERE));
        }
    }

    /** The tasks of one revision, dead ones (at most five a replica) included; empty for a revision that is gone. */
    public List<Task> tasks(DeploymentRef deployment) {
        return tasks(Map.of("service", List.of(RevisionNames.serviceName(deployment.deploymentId()))));
    }

    /** The tasks of these revisions that are wanted to run, by deployment; one read of the manager. */
    public Map<UUID, List<Task>> wantedTasks(Collection<Revision> of) {
        Map<String, UUID> deployments = of.stream().collect(Collectors.toMap(Revision::id, Revision::deploymentId));
        Map<UUID, List<Task>> tasks = new HashMap<>();
        for (Task task : tasks(Map.of("desired-state", List.of("running")))) {
            UUID deployment = deployments.get(task.serviceId());
            if (deployment != null) {
                tasks.computeIfAbsent(deployment, ignored -> new ArrayList<>()).add(task);
            }
        }
        return tasks;
    }

    private List<Task> tasks(Map<String, List<String>> conditions) {
        try {
            List<Task> tasks = new ArrayList<>();
            engine.get("/tasks?" + Engine.filters(conditions)).forEach(json -> tasks.add(Task.of(json)));
            return tasks;
        } catch (EngineException e) {
            if (e.isNotFound()) {
                return List.of();
            }
            throw e;
        }
    }

    private List<Revision> list(String... labels) {
        List<String> conditions = new ArrayList<>(List.of(labels));
        conditions.add(RevisionNames.INSTANCE + "=" + instance);
        List<Revision> revisions = new ArrayList<>();
        engine.get("/services?" + Engine.filters(Map.of("label", conditions)))
                .forEach(json -> Revision.of(json).ifPresent(revisions::add));
        return revisions;
    }

    /** Everything that carries the installation's label but for {@link Jobs}, also what is not Berth's by the rest of its labels. */
    public List<Labelled> labelled() {
        List<Labelled> services = new ArrayList<>();
        for (JsonNode json : engine.get(
                "/services?" + Engine.filters(Map.of("label", List.of(RevisionNames.INSTANCE + "=" + instance))))) {
            if (Jobs.deployment(json).isEmpty()) {
                services.add(new Labelled(
                        json.path("ID").asText(),
                        json.path("Spec").path("Name").asText(),
                        Revision.of(json),
                        Instant.parse(json.path("UpdatedAt").asText())));
            }
        }
        return services;
    }

    /**
     * A Swarm service with the installation's label.
     *
     * @param revision empty where its labels and its name do not prove what it was made for
     * @param touchedAt when it was changed last, by the manager's clock
     */
    public record Labelled(String id, String name, Optional<Revision> revision, Instant touchedAt) {}
}
