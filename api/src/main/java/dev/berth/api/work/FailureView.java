package dev.berth.api.work;

import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why something failed; see {@link Failure}. */
@Schema(name = "Failure")
public record FailureView(FailureCode code, String sentence, String suggestion, String evidence) {
    public static @Nullable FailureView of(Optional<Failure> failure) {
        return failure.map(f -> new FailureView(f.code(), f.sentence(), f.suggestion(), f.evidence()))
                .orElse(null);
    }
}
