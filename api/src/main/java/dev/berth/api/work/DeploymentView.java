package dev.berth.api.work;

import dev.berth.domain.DeploymentState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to run one image with one configuration.
 *
 * @param steps oldest first
 * @param release the run of its release command; null where it had none, or has not come to it
 * @param canary its time with a part of the traffic; null for one that got all of it at once
 * @param gapMs for how many milliseconds nothing served for its sake; null where its service's versions may overlap
 * @param approvedAt when an admin approved it, where its service asks for that
 * @param rollbackable whether a roll-back may name it
 */
@Schema(name = "Deployment")
public record DeploymentView(
        UUID id,
        UUID serviceId,
        DeploymentState status,
        @Nullable UUID buildId,
        @Nullable String imageDigest,
        @Nullable String commitSha,
        List<StepView> steps,
        @Nullable FailureView reason,
        @Nullable ReleaseView release,
        @Nullable CanaryView canary,
        @Nullable Long gapMs,
        Instant createdAt,
        @Nullable Instant approvedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        boolean rollbackable) {}
