package dev.berth.api.findings;

import dev.berth.domain.reconcile.Finding;
import dev.berth.store.Findings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A difference between what is written and what is seen that Berth does not repair by itself.
 *
 * @param organizationId null for what belongs to nobody known
 * @param subject what differs: a deployment, a Swarm service, a tag
 * @param sentence what was seen, and where it is written otherwise
 * @param closedAt since when it is no longer seen; null while it is
 */
@Schema(name = "Finding")
public record FindingView(
        UUID id,
        @Nullable UUID organizationId,
        @Nullable UUID serviceId,
        Finding.Kind kind,
        String subject,
        String sentence,
        Instant openedAt,
        @Nullable Instant closedAt) {
    static FindingView of(Findings.Told row) {
        return new FindingView(
                row.id(),
                row.organizationId().orElse(null),
                row.serviceId().orElse(null),
                row.kind(),
                row.subject(),
                row.sentence(),
                row.openedAt(),
                row.closedAt().orElse(null));
    }
}
