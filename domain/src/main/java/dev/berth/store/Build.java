package dev.berth.store;

import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.Failure;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.plan.BuildPlan;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One run of Nix over one source revision.
 *
 * @param push what its push cost; empty before it, and where an earlier build's image was found
 */
public record Build(
        UUID id,
        UUID organizationId,
        UUID serviceId,
        BuildState status,
        String gitUrl,
        String gitBranch,
        Optional<String> commitSha,
        Optional<BuildPlan> plan,
        Optional<ImageDigest> imageDigest,
        Optional<Push> push,
        Optional<Failure> failure,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt) {
    public BuildRef ref() {
        return new BuildRef(organizationId, serviceId, id);
    }

    /** @param bytes over the wire; {@code layersPushed} of {@code layers} were not in the registry before */
    public record Push(long bytes, int layersPushed, int layers) {}
}
