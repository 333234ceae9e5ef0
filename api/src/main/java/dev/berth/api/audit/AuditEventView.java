package dev.berth.api.audit;

import dev.berth.store.AuditEntry;
import dev.berth.store.AuditEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event of the audit trail.
 *
 * @param sequence its place in the chain, from 1
 * @param operationId the operation that it queued or ended
 * @param workflowId the workflow that carries it out
 * @param hash SHA-256 over all fields and {@code previousHash}
 */
@Schema(name = "AuditEvent")
public record AuditEventView(
        long sequence,
        UUID id,
        Instant at,
        ActorView actor,
        String action,
        SubjectView subject,
        @Nullable UUID operationId,
        @Nullable String workflowId,
        AuditEntry.Outcome outcome,
        Map<String, String> detail,
        String previousHash,
        String hash) {
    static AuditEventView of(AuditEvent event) {
        AuditEntry entry = event.entry();
        return new AuditEventView(
                event.sequence(),
                event.id(),
                event.at(),
                ActorView.of(entry.actor()),
                entry.action(),
                new SubjectView(
                        entry.subject().kind(),
                        entry.subject().id().orElse(null),
                        entry.subject().name()),
                entry.operationId().orElse(null),
                entry.workflowId().orElse(null),
                entry.outcome(),
                entry.detail(),
                event.previousHash(),
                event.hash());
    }

    /** @param address where the request came from; null for what no request did */
    @Schema(name = "AuditActor")
    public record ActorView(
            AuditEntry.Actor.Kind kind,
            @Nullable UUID id,
            String name,
            @Nullable String address) {
        private static ActorView of(AuditEntry.Actor actor) {
            return new ActorView(
                    actor.kind(),
                    actor.id().orElse(null),
                    actor.name(),
                    actor.address().map(InetAddress::getHostAddress).orElse(null));
        }
    }

    /** @param name as it was called then */
    @Schema(name = "AuditSubject")
    public record SubjectView(String kind, @Nullable UUID id, String name) {}
}
