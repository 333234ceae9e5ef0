package dev.berth.activities.swarm;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.Volume;
import java.util.Optional;
import java.util.UUID;

/**
 * A service's volume as a task gets it: by a name that its service alone has, made by the engine of the one host that the task may run
 * on, at the first time.
 *
 * @param node Swarm's id of that host
 * @param quotaMb what the engine holds it to; empty = nothing does
 */
public record VolumeMount(ServiceRef service, String node, Optional<Integer> quotaMb) {
    public VolumeMount {
        requireNonNull(quotaMb, "quotaMb is null");
        if (!node.matches("[a-z0-9]{1,64}")) {
            throw new IllegalArgumentException("Not a node of Swarm: " + node);
        }
    }

    static String name(UUID serviceId) {
        return "berth-" + serviceId;
    }

    /** An element of a container's {@code Mounts}. */
    ObjectNode toJson(String instance) {
        ObjectNode mount = Engine.JSON.createObjectNode();
        mount.put("Type", "volume").put("Source", name(service.serviceId())).put("Target", Volume.FOLDER);
        ObjectNode options = mount.putObject("VolumeOptions");
        options.putObject("Labels")
                .put(RevisionNames.INSTANCE, instance)
                .put(RevisionNames.ORGANIZATION, service.organizationId().toString())
                .put(RevisionNames.SERVICE, service.serviceId().toString());
        quotaMb.ifPresent(size -> options.putObject("DriverConfig")
                .put("Name", "local")
                .putObject("Options")
                .put("size", size + "m"));
        return mount;
    }

    /** Keeps a task on the volume's host. */
    String constraint() {
        return "node.id==" + node;
    }
}
