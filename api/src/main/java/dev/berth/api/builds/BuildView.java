package dev.berth.api.builds;

import dev.berth.api.work.FailureView;
import dev.berth.api.work.StepView;
import dev.berth.domain.BuildState;
import dev.berth.domain.plan.BuildPlan;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One run of Nix over one source revision.
 *
 * @param bytesPushed over the wire; null before the push, and where an earlier build's image was found
 * @param layersPushed how many of {@code layers} were not in the registry before
 * @param steps oldest first
 */
@Schema(name = "Build")
record BuildView(
        UUID id,
        UUID serviceId,
        BuildState status,
        @Nullable String commitSha,
        @Nullable String imageDigest,
        @Nullable PlanView plan,
        @Nullable Long bytesPushed,
        @Nullable Integer layersPushed,
        @Nullable Integer layers,
        List<StepView> steps,
        @Nullable FailureView reason,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    /** What was recognised, and why. */
    @Schema(name = "BuildPlan")
    record PlanView(
            BuildPlan.Kind kind,
            String root,
            @Nullable String buildCommand,
            @Nullable String startCommand,
            @Nullable String siteDirectory,
            String because) {
        static PlanView of(BuildPlan plan) {
            return new PlanView(
                    plan.kind(),
                    plan.root(),
                    plan.buildCommand().orElse(null),
                    plan.startCommand().orElse(null),
                    plan.siteDirectory().orElse(null),
                    plan.because());
        }
    }
}
