package dev.berth.activities.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.domain.ServiceRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The volumes of services on the host of this engine: no engine shows or removes those of another. */
public final class Volumes {
    private final Engine engine;
    private final String instance;

    /** @param instance which installation's volumes these are; others on the same engine are never seen */
    public Volumes(Engine engine, String instance) {
        this.engine = engine;
        this.instance = instance;
    }

    /** Swarm's id of this engine's host. */
    public String node() {
        return engine.membership().nodeId();
    }

    /**
     * Removes the volume with all that is in it, where it is here and this installation's; nothing to do where it is not.
     *
     * @throws EngineException a conflict as long as a container has it
     */
    public void remove(ServiceRef service) {
        String name = VolumeMount.name(instance, service.serviceId());
        try {
            if (owner(engine.get("/volumes/" + name)).filter(service::equals).isPresent()) {
                engine.delete("/volumes/" + name);
            }
        } catch (EngineException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    /** Every one of this installation. */
    public List<Seen> all() {
        List<Seen> seen = new ArrayList<>();
        String labelled = Engine.filters(Map.of("label", List.of(RevisionNames.INSTANCE + "=" + instance)));
        engine.get("/volumes?" + labelled)
                .path("Volumes")
                .forEach(volume -> owner(volume)
                        .map(service -> new Seen(service, volume.path("Name").asText()))
                        .ifPresent(seen::add));
        return seen;
    }

    /** @param service whose it is by its labels and its name */
    public record Seen(ServiceRef service, String name) {}

    /** Empty where name and labels are not those that Berth gives: anybody with the engine's socket may make a volume. */
    private Optional<ServiceRef> owner(JsonNode volume) {
        JsonNode labels = volume.path("Labels");
        try {
            ServiceRef service = new ServiceRef(
                    UUID.fromString(labels.path(RevisionNames.ORGANIZATION).asText()),
                    UUID.fromString(labels.path(RevisionNames.SERVICE).asText()));
            return Optional.of(service)
                    .filter(found ->
                            labels.path(RevisionNames.INSTANCE).asText().equals(instance))
                    .filter(found ->
                            volume.path("Name").asText().equals(VolumeMount.name(instance, found.serviceId())));
        } catch (IllegalArgumentException notBerths) {
            return Optional.empty();
        }
    }
}
