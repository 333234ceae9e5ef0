package dev.berth.store;

import dev.berth.domain.RolloutPolicy;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.domain.Volume;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One deployable app of an organisation, as it is configured now.
 *
 * @param slug its name inside the organisation's network, unique there
 * @param host the first label of its public host name, unique on the platform
 * @param replicas how many are wanted; what is observed decides {@code status}
 * @param currentDeploymentId the deployment whose route is live
 * @param version grows with every change of the configuration
 */
public record Service(
        UUID id,
        UUID organizationId,
        Optional<UUID> templateId,
        String name,
        String slug,
        String host,
        String gitUrl,
        String gitBranch,
        int replicas,
        int cpuMillis,
        int memoryMb,
        int port,
        String healthPath,
        Map<String, String> env,
        RolloutPolicy rollout,
        Optional<Volume> volume,
        ServiceState status,
        Optional<UUID> currentDeploymentId,
        long version,
        Instant createdAt,
        Instant updatedAt) {
    public ServiceRef ref() {
        return new ServiceRef(organizationId, id);
    }

    /** Values of the environment may be secret: they stay out of every log. */
    @Override
    public String toString() {
        return "Service[" + id + " " + slug + " " + status + "]";
    }
}
