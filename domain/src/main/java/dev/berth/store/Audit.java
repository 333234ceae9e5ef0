package dev.berth.store;

import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The audit trail: one chain of events for each organisation and one for the platform. Rows are only added, a trigger refuses
 * anything else, and each holds the hash of the one before it, see {@link AuditVerifier}.
 *
 * <p>An entry belongs into the transaction of what it tells, so that neither is there without the other. The chain's head is
 * locked from {@link #append} to the end of that transaction, which makes the numbers gap-free and the writers of one
 * organisation wait for each other: append last, after every other lock, since whoever holds a row that is still to be written may
 * be waiting for the head. The tests' databases refuse a write behind an append.
 */
public final class Audit {
    /** The chain of what belongs to no organisation. */
    public static final UUID PLATFORM = new UUID(0, 0);

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final Clock clock;

    public Audit(DataSource dataSource) {
        this(dataSource, Clock.systemUTC());
    }

    public Audit(DataSource dataSource, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.batches = new NamedParameterJdbcTemplate(dataSource);
        this.clock = clock;
    }

    /** Adds to a chain in the transaction that is open: the organisation's own chain in a tenant's, any in the platform's. */
    public void append(UUID chainId, AuditEntry entry) {
        append(chainId, List.of(entry));
    }

    /** The same with several, in their order and for as many round trips as one. */
    public void append(UUID chainId, List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        AuditHead head = lock(chainId).orElseGet(() -> begin(chainId));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<AuditEvent> events = new ArrayList<>();
        for (AuditEntry entry : entries) {
            AuditEvent event = AuditEvent.next(head, Ids.next(), now, entry);
            events.add(event);
            head = new AuditHead(chainId, event.sequence(), event.hash());
        }
        insert(events);
        jdbc.sql("update audit_heads set sequence = ?, hash = ? where chain_id = ?")
                .params(head.sequence(), bytes(head.hash()), chainId)
                .update();
    }

    private Optional<AuditHead> lock(UUID chainId) {
        return jdbc.sql("select chain_id, sequence, hash from audit_heads where chain_id = ? for update")
                .param(chainId)
                .query(Audit::head)
                .optional();
    }

    /** Two may find none and begin it: the second waits for the first, and goes on behind its events. */
    private AuditHead begin(UUID chainId) {
        jdbc.sql("insert into audit_heads (chain_id, sequence, hash) values (?, 0, ?) on conflict do nothing")
                .params(chainId, bytes(AuditEvent.NO_HASH))
                .update();
        return lock(chainId).orElseThrow();
    }

    private void insert(List<AuditEvent> events) {
        batches.batchUpdate("""
                insert into audit_events
                    (chain_id, sequence, id, at, actor_kind, actor_id, actor_name, address, action, subject_kind,
                     subject_id, subject_name, operation_id, workflow_id, outcome, detail, previous_hash, hash)
                values
                    (:chain, :sequence, :id, :at, :actorKind, :actorId, :actorName, cast(:address as inet), :action,
                     :subjectKind, :subjectId, :subjectName, :operation, :workflow, :outcome, cast(:detail as jsonb),
                     :previousHash, :hash)
                """, events.stream().map(Audit::columns).toArray(SqlParameterSource[]::new));
    }

    /** Text is typed even where it is null: the driver would prepare the statement anew for each. */
    private static SqlParameterSource columns(AuditEvent event) {
        AuditEntry entry = event.entry();
        return new MapSqlParameterSource()
                .addValue("chain", event.chainId())
                .addValue("sequence", event.sequence())
                .addValue("id", event.id())
                .addValue("at", Column.of(event.at()))
                .addValue("actorKind", Column.of(entry.actor().kind()))
                .addValue("actorId", entry.actor().id().orElse(null))
                .addValue("actorName", entry.actor().name())
                .addValue("address", entry.actor().address().map(Audit::text).orElse(null), Types.VARCHAR)
                .addValue("action", entry.action())
                .addValue("subjectKind", entry.subject().kind())
                .addValue("subjectId", entry.subject().id().orElse(null))
                .addValue("subjectName", entry.subject().name())
                .addValue("operation", entry.operationId().orElse(null))
                .addValue("workflow", entry.workflowId().orElse(null), Types.VARCHAR)
                .addValue("outcome", Column.of(entry.outcome()))
                .addValue("detail", Column.json(entry.detail()))
                .addValue("previousHash", bytes(event.previousHash()))
                .addValue("hash", bytes(event.hash()));
    }

    /** Newest first; index {@code audit_events_list}, or the one of the filter. */
    public List<AuditEvent> page(UUID chainId, Filter filter, Cursor after, int rows) {
        return jdbc.sql("""
                select * from audit_events
                where chain_id = :chain and (at, id) < (:at, :id)
                  and (cast(:action as text) is null or action = :action)
                  and (cast(:actor as uuid) is null or actor_id = :actor)
                  and (cast(:subject as uuid) is null or subject_id = :subject)
                  and (cast(:operation as uuid) is null or operation_id = :operation)
                  and (cast(:outcome as text) is null or outcome = :outcome)
                  and (cast(:from as timestamptz) is null or at >= :from)
                  and (cast(:to as timestamptz) is null or at < :to)
                order by at desc, id desc
                limit :rows
                """)
                .param("chain", chainId)
                .param("at", Column.of(after.createdAt()))
                .param("id", after.id())
                .param("action", filter.action().orElse(null))
                .param("actor", filter.actorId().orElse(null))
                .param("subject", filter.subjectId().orElse(null))
                .param("operation", filter.operationId().orElse(null))
                .param("outcome", filter.outcome().map(Column::of).orElse(null))
                .param("from", filter.from().map(Column::of).orElse(null))
                .param("to", filter.to().map(Column::of).orElse(null))
                .param("rows", rows)
                .query(Audit::map)
                .list();
    }

    /** Where the chain ends now; the head of an empty one for a chain that nothing was written to. */
    public AuditHead head(UUID chainId) {
        return jdbc.sql("select chain_id, sequence, hash from audit_heads where chain_id = ?")
                .param(chainId)
                .query(Audit::head)
                .optional()
                .orElseGet(() -> AuditHead.before(chainId));
    }

    /**
     * The head as {@link AuditVerifier} wants it: events that stand behind it without it (nobody appends such) make it longer,
     * so that the verifier misses nothing.
     */
    public AuditHead end(UUID chainId) {
        return jdbc.sql("""
                select coalesce(h.chain_id, :chain) as chain_id, coalesce(h.hash, cast(:none as bytea)) as hash,
                    greatest(coalesce(h.sequence, 0), e.last) as sequence
                from (select coalesce(max(sequence), 0) as last from audit_events where chain_id = :chain) e
                left join audit_heads h on h.chain_id = :chain
                """)
                .param("chain", chainId)
                .param("none", bytes(AuditEvent.NO_HASH))
                .query(Audit::head)
                .single();
    }

    /** The chain in its order, a part at a time: primary key. Parts read one after the other fit, since nothing changes. */
    public List<AuditEvent> after(UUID chainId, long sequence, int rows) {
        return jdbc.sql("select * from audit_events where chain_id = ? and sequence > ? order by sequence limit ?")
                .params(chainId, sequence, rows)
                .query(Audit::map)
                .list();
    }

    private static AuditHead head(ResultSet row, int number) throws SQLException {
        return new AuditHead(Column.id(row, "chain_id"), row.getLong("sequence"), hex(row, "hash"));
    }

    private static AuditEvent map(ResultSet row, int number) throws SQLException {
        return new AuditEvent(
                Column.id(row, "chain_id"),
                row.getLong("sequence"),
                Column.id(row, "id"),
                Column.instant(row, "at"),
                new AuditEntry(
                        new AuditEntry.Actor(
                                Column.state(row, "actor_kind", AuditEntry.Actor.Kind.class),
                                Column.optionalId(row, "actor_id"),
                                row.getString("actor_name"),
                                Optional.ofNullable(row.getString("address")).map(InetAddress::ofLiteral)),
                        row.getString("action"),
                        new AuditEntry.Subject(
                                row.getString("subject_kind"),
                                Column.optionalId(row, "subject_id"),
                                row.getString("subject_name")),
                        Column.optionalId(row, "operation_id"),
                        Optional.ofNullable(row.getString("workflow_id")),
                        Column.state(row, "outcome", AuditEntry.Outcome.class),
                        Column.environment(row, "detail")),
                hex(row, "previous_hash"),
                hex(row, "hash"));
    }

    /** Without the zone of a link-local address, which means something on one host only. */
    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(ResultSet row, String column) throws SQLException {
        return HexFormat.of().formatHex(row.getBytes(column));
    }

    /**
     * Which events; all that are given must hold.
     *
     * @param from the earliest time, itself included
     * @param to the latest time, itself excluded
     */
    public record Filter(
            Optional<String> action,
            Optional<UUID> actorId,
            Optional<UUID> subjectId,
            Optional<UUID> operationId,
            Optional<AuditEntry.Outcome> outcome,
            Optional<Instant> from,
            Optional<Instant> to) {
        public static final Filter NONE = new Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
