package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.berth.domain.Failure;
import dev.berth.domain.OperationState;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What was done, by whom, from where, and what came of it; the audit trail gives it its time and its place.
 *
 * <p>It says which things changed and never what they hold: names of fields and variables, no values that may be secret.
 *
 * @param action subject and verb, {@code service.create}
 * @param operationId the operation that the action queued or ended
 * @param workflowId the workflow that carries it out
 * @param detail a few words more, by name; texts longer than {@value #DETAIL_LENGTH} characters are cut
 */
public record AuditEntry(
        Actor actor,
        String action,
        Subject subject,
        Optional<UUID> operationId,
        Optional<String> workflowId,
        Outcome outcome,
        Map<String, String> detail) {
    static final int NAME_LENGTH = 254;
    static final int DETAIL_LENGTH = 1_000;
    private static final Pattern ACTION = Pattern.compile("[a-z]+(_[a-z]+)*\\.[a-z]+(_[a-z]+)*");

    /** @throws IllegalArgumentException for an action that is not of the form {@code subject.verb} */
    public AuditEntry {
        requireNonNull(actor, "actor is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(operationId, "operationId is null");
        requireNonNull(workflowId, "workflowId is null");
        requireNonNull(outcome, "outcome is null");
        if (!ACTION.matcher(action).matches()) {
            throw new IllegalArgumentException("An action is called subject.verb, not " + action);
        }
        detail = Map.copyOf(detail.entrySet().stream()
                .collect(Collectors.toMap(
                        item -> storable(item.getKey(), NAME_LENGTH),
                        item -> storable(item.getValue(), DETAIL_LENGTH),
                        (one, other) -> one,
                        TreeMap::new)));
    }

    /** About a thing alone, with no operation behind it. */
    public static AuditEntry of(
            Actor actor, String action, Subject subject, Outcome outcome, Map<String, String> detail) {
        return new AuditEntry(actor, action, subject, Optional.empty(), Optional.empty(), outcome, detail);
    }

    /**
     * An operation that ended, by itself.
     *
     * @param serviceName as it is called now, or was
     */
    public static AuditEntry ofEnd(Operation operation, String serviceName) {
        String kind = Column.of(operation.kind());
        return new AuditEntry(
                new Actor(Actor.Kind.OPERATION, Optional.of(operation.id()), kind, Optional.empty()),
                "service." + kind,
                new Subject("service", Optional.of(operation.serviceId()), serviceName),
                Optional.of(operation.id()),
                Optional.of(operation.workflowId()),
                operation.status() == OperationState.SUCCEEDED ? Outcome.SUCCEEDED : Outcome.FAILED,
                detail(operation));
    }

    /** The failure's code; its sentence and evidence may hold words of the app. */
    private static Map<String, String> detail(Operation operation) {
        Map<String, String> detail = new HashMap<>();
        detail.put("end", Column.of(operation.status()));
        operation
                .failure()
                .map(Failure::code)
                .ifPresent(code -> detail.put("failure", code.name().toLowerCase(Locale.ROOT)));
        operation.deploymentId().map(UUID::toString).ifPresent(id -> detail.put("deployment", id));
        return detail;
    }

    /** What the database gives back as it got it: without NUL and halves of surrogate pairs, and not too long. */
    private static String storable(String text, int length) {
        String cut = text.length() > length ? text.substring(0, length) : text;
        return new String(cut.replace("\0", "").getBytes(UTF_8), UTF_8);
    }

    /**
     * Who did it.
     *
     * @param id of the user, the token or the operation; none for nobody
     * @param name as it was called then: an e-mail address, a token's name
     * @param address where the request came from; none for what no request did
     */
    public record Actor(Kind kind, Optional<UUID> id, String name, Optional<InetAddress> address) {
        /** Somebody who is not signed in. */
        public static Actor nobody(Optional<InetAddress> address) {
            return new Actor(Kind.NOBODY, Optional.empty(), "nobody", address);
        }

        public Actor {
            requireNonNull(kind, "kind is null");
            requireNonNull(id, "id is null");
            requireNonNull(address, "address is null");
            name = storable(name, NAME_LENGTH);
        }

        public enum Kind {
            USER,
            TOKEN,
            OPERATION,
            PLATFORM,
            NOBODY
        }
    }

    /**
     * What it was done to.
     *
     * @param kind {@code service}, {@code member}, {@code token}, … at most 40 characters
     * @param name as it was called then; it may be gone when somebody reads this
     */
    public record Subject(String kind, Optional<UUID> id, String name) {
        private static final int KIND_LENGTH = 40;

        public Subject {
            requireNonNull(id, "id is null");
            kind = storable(kind, KIND_LENGTH);
            name = storable(name, NAME_LENGTH);
        }
    }

    /** What came of it. What goes on after the answer is first requested and, in an event of its own, ended. */
    public enum Outcome {
        REQUESTED,
        SUCCEEDED,
        FAILED,
        REFUSED
    }
}
