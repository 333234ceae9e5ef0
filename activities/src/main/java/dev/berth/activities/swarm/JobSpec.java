package dev.berth.activities.swarm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.domain.ReleaseCommand;

/**
 * A one-off task of a revision's image: with its environment, network, limits and walls, since it is made from its description,
 * and under no name that others could reach. Swarm runs it once and never again by itself.
 *
 * <p>One replica that is never restarted, and no {@code replicated-job}: engine 20.10 forgets the tasks of a removed job, and
 * their containers run on for ever (seen; {@code ReleaseStepsTests}).
 */
public record JobSpec(RevisionSpec revision, ReleaseCommand command) {
    public String name() {
        return RevisionNames.jobName(revision.deployment().deploymentId());
    }

    /** The body of {@code POST /services/create}. */
    ObjectNode toJson(ApiVersion version, String networkId) {
        // The version before has its volume, and no two have one at once.
        ObjectNode spec = revision.withoutVolume().toJson(version, networkId);
        spec.put("Name", name());
        label(spec);
        ObjectNode task = (ObjectNode) spec.path("TaskTemplate");
        ObjectNode container = (ObjectNode) task.path("ContainerSpec");
        label(container);
        // Behind the image's entry point, which sets folder and PATH for the app and for this.
        command.argv().forEach(container.putArray("Args")::add);
        container.putObject("HealthCheck").putArray("Test").add("NONE");
        task.putObject("RestartPolicy").put("Condition", "none");
        task.putArray("Networks").addObject().put("Target", networkId);
        spec.putObject("Mode").putObject("Replicated").put("Replicas", 1);
        return spec;
    }

    private static void label(ObjectNode labelled) {
        ((ObjectNode) labelled.path("Labels")).put(RevisionNames.JOB, RevisionNames.RELEASE);
    }
}
