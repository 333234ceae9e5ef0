package dev.berth.api.work;

import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationState;
import dev.berth.store.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One accepted request to change a service.
 *
 * @param replicas what a scale asks for
 * @param cancelRequestedAt since when somebody wants it to end
 * @param waitingFor {@code build_slot}: pending until another build of the organisation has ended; {@code approval}: built, and
 *     pending until an admin approves it; {@code window}: built, and pending until its deploy window opens; null where nothing is
 *     in its way
 * @param waitsUntil when that window opens
 */
@Schema(name = "Operation")
public record OperationView(
        UUID id,
        UUID serviceId,
        OperationKind kind,
        OperationState status,
        @Nullable UUID deploymentId,
        @Nullable Integer replicas,
        @Nullable Instant cancelRequestedAt,
        @Nullable String waitingFor,
        @Nullable Instant waitsUntil,
        @Nullable FailureView reason,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {
    static OperationView of(Operation row) {
        return new OperationView(
                row.id(),
                row.serviceId(),
                row.kind(),
                row.status(),
                row.deploymentId().orElse(null),
                row.replicas().orElse(null),
                row.cancelRequestedAt().orElse(null),
                row.waitingFor()
                        .map(wait -> wait.name().toLowerCase(Locale.ROOT))
                        .orElse(null),
                row.waitsUntil().orElse(null),
                FailureView.of(row.failure()),
                row.createdAt(),
                row.startedAt().orElse(null),
                row.finishedAt().orElse(null));
    }
}
