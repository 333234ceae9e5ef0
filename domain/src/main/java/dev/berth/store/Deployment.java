package dev.berth.store;

import static java.util.Objects.requireNonNull;

import dev.berth.domain.BuildRef;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.ReleaseCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One immutable attempt to run one image with one configuration.
 *
 * @param approvedAt when an admin approved it, where its service asks for that
 * @param routedAt when it last got the traffic
 * @param provenAt when it outlived its soak
 * @param gap how long nothing served for its sake, where what served before was ended before it was started
 * @param removedAt when its Swarm service was removed: it can no longer be rolled back to
 */
public record Deployment(
        UUID id,
        UUID organizationId,
        UUID serviceId,
        Optional<UUID> buildId,
        DeploymentState status,
        Optional<ImageDigest> imageDigest,
        Optional<String> commitSha,
        Configuration configuration,
        Optional<Failure> failure,
        Instant createdAt,
        Optional<Instant> approvedAt,
        Optional<Instant> startedAt,
        Optional<Instant> routedAt,
        Optional<Instant> provenAt,
        Optional<Duration> gap,
        Optional<Instant> removedAt,
        Optional<Instant> finishedAt) {
    public DeploymentRef ref() {
        return new DeploymentRef(organizationId, serviceId, id);
    }

    public Optional<BuildRef> build() {
        return buildId.map(build -> new BuildRef(organizationId, serviceId, build));
    }

    /** Whether its Swarm service is still there to get the traffic again. */
    public boolean isRetained() {
        return removedAt.isEmpty() && (status == DeploymentState.RUNNING || status == DeploymentState.RETIRED);
    }

    /**
     * What of the service's configuration the deployment copied when it was asked for.
     *
     * @param volume whether it gets the service's volume; the volume itself is the service's
     */
    public record Configuration(
            int cpuMillis,
            int memoryMb,
            int port,
            String healthPath,
            Map<String, String> env,
            Optional<ReleaseCommand> release,
            boolean volume) {
        public Configuration {
            env = Map.copyOf(env);
            requireNonNull(release, "release is null");
        }

        public static Configuration of(Service service) {
            return new Configuration(
                    service.cpuMillis(),
                    service.memoryMb(),
                    service.port(),
                    service.healthPath(),
                    service.env(),
                    service.rollout().gates().release(),
                    service.volume().isPresent());
        }

        /** Values of the environment may be secret: they stay out of every log. */
        @Override
        public String toString() {
            return "Configuration[port " + port + ", " + cpuMillis + " mCPU, " + memoryMb + " MB]";
        }
    }
}
