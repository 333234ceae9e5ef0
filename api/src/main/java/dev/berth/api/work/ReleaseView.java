package dev.berth.api.work;

import dev.berth.store.Release;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The run of a deployment's release command.
 *
 * @param exitCode null while it runs, and where it did not end by itself
 */
@Schema(name = "Release")
public record ReleaseView(
        Release.State status,
        @Nullable Integer exitCode,
        Instant startedAt,
        @Nullable Instant finishedAt) {
    static ReleaseView of(Release row) {
        return new ReleaseView(
                row.status(),
                row.exitCode().orElse(null),
                row.startedAt(),
                row.finishedAt().orElse(null));
    }
}
