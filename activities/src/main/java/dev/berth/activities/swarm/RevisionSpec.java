package dev.berth.activities.swarm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.placement.Demand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that one deployment's Swarm service is made of.
 *
 * @param image reference by digest, {@code 127.0.0.1:5000/org/service@sha256:…}: a tag could move, and a node that has the
 *     digest starts it without asking the registry
 * @param slug the service's name inside its organisation's network
 * @param startPeriod how long the app may take until its first healthy answer; failing probes do not count before
 * @param volume what outlives it, and keeps it on one host
 */
public record RevisionSpec(
        String instance,
        DeploymentRef deployment,
        String slug,
        String image,
        Map<String, String> env,
        int port,
        String healthPath,
        int replicas,
        long milliCpus,
        long memoryBytes,
        Duration startPeriod,
        Optional<VolumeMount> volume) {
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
    private static final int PROBE_RETRIES = 3;
    private static final Duration RESTART_DELAY = Duration.ofSeconds(1);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);
    private static final long PIDS = 512;
    /** An app's disk is what the host's other tenants run from, and has no quota: it writes into memory that it pays for. */
    private static final List<String> WRITABLE = List.of("/tmp", "/home/app");

    private static final long WRITABLE_BYTES_AT_MOST = 64L << 20;
    /** Each writable folder may hold this part of the task's memory, so that filling them does not end the app. */
    private static final int WRITABLE_SHARE = 4;
    /** Octal 1777: anybody writes, only the owner removes. */
    private static final int WRITABLE_MODE = 01777;

    public RevisionSpec {
        if (!image.contains("@sha256:")) {
            throw new IllegalArgumentException("Not an image by digest: " + image);
        }
        if (!healthPath.startsWith("/")) {
            throw new IllegalArgumentException("Not a path: " + healthPath);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("Not a port: " + port);
        }
        if (volume.isPresent() && replicas > 1) {
            throw new IllegalArgumentException("A volume is for one replica, not for " + replicas);
        }
        if (replicas < 0 || milliCpus < 1 || memoryBytes < 1) {
            throw new IllegalArgumentException("A revision has replicas, processors and memory");
        }
        env = Map.copyOf(env);
    }

    /** For what runs beside a version that has it. */
    RevisionSpec withoutVolume() {
        return new RevisionSpec(
                instance,
                deployment,
                slug,
                image,
                env,
                port,
                healthPath,
                replicas,
                milliCpus,
                memoryBytes,
                startPeriod,
                Optional.empty());
    }

    public String name() {
        return RevisionNames.serviceName(deployment.deploymentId());
    }

    /** The body of {@code POST /services/create}. */
    ObjectNode toJson(ApiVersion version, String networkId) {
        ObjectNode spec = Engine.JSON.createObjectNode();
        spec.put("Name", name());
        spec.set("Labels", labels());
        ObjectNode task = spec.putObject("TaskTemplate");
        task.set("ContainerSpec", container(version));
        task.set("Resources", resources());
        volume.ifPresent(mount -> task.set("Placement", mount.placement()));
        task.putObject("RestartPolicy").put("Condition", "any").put("Delay", RESTART_DELAY.toNanos());
        task.putArray("Networks")
                .addObject()
                .put("Target", networkId)
                .putArray("Aliases")
                .add(slug);
        ObjectNode log = task.putObject("LogDriver").put("Name", "json-file");
        log.putObject("Options").put("max-size", "10m").put("max-file", "2");
        spec.putObject("Mode").putObject("Replicated").put("Replicas", replicas);
        // Virtual addresses need IPVS, which some kernels lack, and cost an address each.
        spec.putObject("EndpointSpec").put("Mode", "dnsrr");
        return spec;
    }

    private ObjectNode container(ApiVersion version) {
        ObjectNode container = Engine.JSON.createObjectNode();
        container.put("Image", image);
        container.set("Labels", labels());
        Map<String, String> all = new TreeMap<>(env);
        all.put("PORT", Integer.toString(port));
        ArrayNode assignments = container.putArray("Env");
        all.forEach((name, value) -> assignments.add(name + "=" + value));
        container.put("User", "1000:1000");
        container.put("Init", true);
        container.put("ReadOnly", true);
        ArrayNode mounts = container.putArray("Mounts");
        for (String folder : WRITABLE) {
            mounts.addObject()
                    .put("Type", "tmpfs")
                    .put("Target", folder)
                    .putObject("TmpfsOptions")
                    .put("SizeBytes", Math.min(WRITABLE_BYTES_AT_MOST, memoryBytes / WRITABLE_SHARE))
                    .put("Mode", WRITABLE_MODE);
        }
        volume.ifPresent(mount -> mounts.add(mount.toJson(instance)));
        container.putArray("CapabilityDrop").add("ALL");
        // Engines before 23 drop this silently; they are to be started with --no-new-privileges.
        container.putObject("Privileges").put("NoNewPrivileges", true);
        container.put("StopGracePeriod", STOP_GRACE.toNanos());
        container.set("HealthCheck", healthCheck(version));
        return container;
    }

    /** The first probe comes after one interval, so the interval while starting is what a deploy waits for at the least. */
    private ObjectNode healthCheck(ApiVersion version) {
        ObjectNode check = Engine.JSON.createObjectNode();
        // 0.0.0.0 is where others reach the container: an app on loopback alone would look healthy and serve nobody.
        check.putArray("Test").add("CMD").add("/bin/berth-probe").add("http://0.0.0.0:" + port + healthPath);
        check.put("Timeout", PROBE_TIMEOUT.toNanos());
        check.put("Retries", PROBE_RETRIES);
        check.put("StartPeriod", startPeriod.toNanos());
        if (version.isAtLeast(ApiVersion.WITH_START_INTERVAL)) {
            check.put("Interval", Duration.ofSeconds(5).toNanos());
            check.put("StartInterval", Duration.ofMillis(250).toNanos());
        } else {
            check.put("Interval", Duration.ofSeconds(1).toNanos());
        }
        return check;
    }

    private ObjectNode resources() {
        ObjectNode resources = Engine.JSON.createObjectNode();
        resources
                .putObject("Limits")
                .put("NanoCPUs", milliCpus * 1_000_000)
                .put("MemoryBytes", memoryBytes)
                .put("Pids", PIDS);
        resources
                .putObject("Reservations")
                .put("NanoCPUs", milliCpus * 1_000_000 / Demand.CPU_SHARE)
                .put("MemoryBytes", memoryBytes);
        return resources;
    }

    private ObjectNode labels() {
        ObjectNode labels = Engine.JSON.createObjectNode();
        labels.put(RevisionNames.INSTANCE, instance);
        labels.put(RevisionNames.ORGANIZATION, deployment.organizationId().toString());
        labels.put(RevisionNames.SERVICE, deployment.serviceId().toString());
        labels.put(RevisionNames.DEPLOYMENT, deployment.deploymentId().toString());
        return labels;
    }
}
