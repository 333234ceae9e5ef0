package dev.berth.api.audit;

import dev.berth.api.http.RequestOrigin;
import dev.berth.store.Audit;
import dev.berth.store.AuditEntry;
import dev.berth.store.AuditEntry.Actor;
import dev.berth.store.AuditEntry.Outcome;
import dev.berth.store.AuditEntry.Subject;
import dev.berth.store.Caller;
import dev.berth.store.Operation;
import dev.berth.store.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Notes what callers do, with their names and addresses. Call it last in the transaction of what it tells. */
@Component
public class AuditTrail {
    private final Audit audit;
    private final RequestOrigin origin;

    AuditTrail(Audit audit, RequestOrigin origin) {
        this.audit = audit;
        this.origin = origin;
    }

    /** What is done by the time the transaction ends. */
    public void done(Caller caller, String action, Subject subject, Map<String, String> detail) {
        note(caller, AuditEntry.of(actor(caller), action, subject, Outcome.SUCCEEDED, detail));
    }

    /**
     * The same by somebody who is not yet a caller, or in another chain than the request's organisation.
     *
     * @param chainId the organisation, or {@link Audit#PLATFORM} for what belongs to none
     */
    public void done(UUID chainId, Actor actor, String action, Subject subject, Map<String, String> detail) {
        audit.append(chainId, AuditEntry.of(actor, action, subject, Outcome.SUCCEEDED, detail));
    }

    /**
     * An operation that was queued: its end is noted by whoever ends it, under the same operation.
     *
     * @param ended those of the service that it has ended
     */
    public void queued(Caller caller, Service service, Operation operation, List<Operation> ended) {
        List<AuditEntry> entries = new ArrayList<>(ends(service, ended));
        entries.add(queued(caller, service, operation));
        audit.append(caller.organizationId(), entries);
    }

    /** @param ended operations of the service, which a request has ended */
    public void ended(Service service, List<Operation> ended) {
        audit.append(service.organizationId(), ends(service, ended));
    }

    private static List<AuditEntry> ends(Service service, List<Operation> ended) {
        return ended.stream()
                .map(operation -> AuditEntry.ofEnd(operation, service.name()))
                .toList();
    }

    private AuditEntry queued(Caller caller, Service service, Operation operation) {
        return new AuditEntry(
                actor(caller),
                "service." + operation.kind().name().toLowerCase(Locale.ROOT),
                subject(service),
                Optional.of(operation.id()),
                Optional.of(service.ref().workflowId()),
                Outcome.REQUESTED,
                operation
                        .deploymentId()
                        .map(id -> Map.of("deployment", id.toString()))
                        .orElse(Map.of()));
    }

    void refused(Caller caller, Subject subject, Map<String, String> detail) {
        note(caller, AuditEntry.of(actor(caller), "request.send", subject, Outcome.REFUSED, detail));
    }

    private void note(Caller caller, AuditEntry entry) {
        audit.append(caller.organizationId(), entry);
    }

    public static Subject subject(Service service) {
        return new Subject("service", Optional.of(service.id()), service.name());
    }

    public static Subject subject(UUID userId, String email) {
        return new Subject("user", Optional.of(userId), email);
    }

    public Actor person(UUID userId, String email) {
        return new Actor(Actor.Kind.USER, Optional.of(userId), email, origin.address());
    }

    public Actor actor(Caller caller) {
        return caller.token()
                .map(token -> new Actor(Actor.Kind.TOKEN, Optional.of(token.id()), caller.email(), origin.address()))
                .orElseGet(() -> person(caller.userId(), caller.email()));
    }
}
