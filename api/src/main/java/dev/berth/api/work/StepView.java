package dev.berth.api.work;

import dev.berth.store.Step;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One attempt of one step of a build or a deployment. */
@Schema(name = "Step")
public record StepView(
        String name,
        int attempt,
        Step.State status,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String detail) {
    public static StepView of(Step step) {
        return new StepView(
                step.name(),
                step.attempt(),
                step.status(),
                step.startedAt(),
                step.finishedAt().orElse(null),
                step.detail().orElse(null));
    }
}
