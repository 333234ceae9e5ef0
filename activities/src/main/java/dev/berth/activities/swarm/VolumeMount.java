package dev.berth.activities.swarm;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.Volume;
import java.util.Optional;
import java.util.UUID;

/**
 * A service's volume as a task gets it: by a name that its service alone has, made by the engine of the one host that the task may run
 * on, at the first time. What an engine has made it leaves as it is: labels and quota are those of that first time.
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

    /**
     * An engine mounts whatever has the name and asks for no label, so the installation is in it: one that was begun with a copy of
     * another's rows does not write into the other's volumes.
     */
    static String name(String instance, UUID serviceId) {
        return "berth-" + instance.replaceAll("[^a-zA-Z0-9_.-]", "-") + "-" + serviceId;
    }

    /** An element of a container's {@code Mounts}. */
    ObjectNode toJson(String instance) {
        ObjectNode mount = Engine.JSON.createObjectNode();
        mount.put("Type", "volume")
                .put("Source", name(instance, service.serviceId()))
                .put("Target", Volume.FOLDER);
        ObjectNode options = mount.putObject("VolumeOptions");
        options.putObject("Labels")
                .put(RevisionNames.INSTANCE, instance)
                .put(RevisionNames.ORGANIZATION, service.organizationId().toString())
                .put(RevisionNames.SERVICE, service.serviceId().toString());
        // Engines before 20.10 refuse the option, later ones where the filesystem has no project quotas
        // (moby/moby#41330).
        quotaMb.ifPresent(size -> options.putObject("DriverConfig")
                .put("Name", "local")
                .putObject("Options")
                .put("size", size + "m"));
        return mount;
    }

    /** An element of a task's template: on the volume's host, and one at a time whatever the service is scaled to. */
    ObjectNode placement() {
        ObjectNode placement = Engine.JSON.createObjectNode();
        placement.putArray("Constraints").add("node.id==" + node);
        return placement.put("MaxReplicas", 1);
    }
}
