package dev.berth.api.work;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One attempt of one step of a build or a deployment. */
@Schema(name = "Step")
public record StepView(
        String name,
        int attempt,
        Status status,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String detail) {
    @Schema(name = "StepStatus")
    public enum Status {
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }
}
