package dev.berth.store;

import dev.berth.domain.ServiceRef;
import dev.berth.domain.reconcile.Finding;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Differences that only a person can judge, while they are seen and afterwards. Platform only. */
public final class Findings {
    private static final int SENTENCE = 1_000;
    private static final int SUBJECT = 200;

    private final JdbcClient jdbc;

    public Findings(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** @return whether it is new, not only seen again */
    public boolean open(Finding finding) {
        return jdbc.sql("""
                insert into reconcile_findings (id, organization_id, service_id, kind, subject, sentence)
                values (:id, (select id from organizations where id = :organization), :service, :kind, :subject, :sentence)
                on conflict (kind, subject) where closed_at is null do nothing
                """)
                        .param("id", Ids.next())
                        .param(
                                "organization",
                                finding.service()
                                        .map(ServiceRef::organizationId)
                                        .orElse(null))
                        .param(
                                "service",
                                finding.service().map(ServiceRef::serviceId).orElse(null))
                        .param("kind", kind(finding.kind()))
                        .param("subject", cut(finding.subject(), SUBJECT))
                        .param("sentence", cut(finding.proof(), SENTENCE))
                        .update()
                == 1;
    }

    /** Closes what was looked for and is no longer seen. @param looked what this look would have seen, were it there still */
    public void closeOthers(Predicate<Open> looked, List<Finding> seen) {
        Set<String> still = seen.stream()
                .map(finding -> kind(finding.kind()) + " " + cut(finding.subject(), SUBJECT))
                .collect(Collectors.toSet());
        List<Open> open = jdbc.sql(
                        "select id, kind, service_id, subject from reconcile_findings where closed_at is null")
                .query((row, number) -> new Open(
                        Column.id(row, "id"),
                        Column.state(row, "kind", Finding.Kind.class),
                        Column.optionalId(row, "service_id"),
                        row.getString("subject")))
                .list();
        open.stream()
                .filter(looked)
                .filter(row -> !still.contains(kind(row.kind()) + " " + row.subject()))
                .forEach(row -> jdbc.sql("update reconcile_findings set closed_at = now() where id = ?")
                        .param(row.id())
                        .update());
    }

    /**
     * Newest first; index {@code reconcile_findings_list}.
     *
     * @param open only those that are still seen, or only those that are not; all where empty
     */
    public List<Told> page(Optional<Boolean> open, Cursor after, int rows) {
        return jdbc.sql("""
                select * from reconcile_findings
                where (opened_at, id) < (:openedAt, :id)
                  and (cast(:open as boolean) is null or (closed_at is null) = :open)
                order by opened_at desc, id desc
                limit :rows
                """)
                .param("openedAt", Column.of(after.createdAt()))
                .param("id", after.id())
                .param("open", open.orElse(null), Types.BOOLEAN)
                .param("rows", rows)
                .query((row, number) -> new Told(
                        Column.id(row, "id"),
                        Column.optionalId(row, "organization_id"),
                        Column.optionalId(row, "service_id"),
                        Column.state(row, "kind", Finding.Kind.class),
                        row.getString("subject"),
                        row.getString("sentence"),
                        Column.instant(row, "opened_at"),
                        Column.optionalInstant(row, "closed_at")))
                .list();
    }

    private static String kind(Finding.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String cut(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text;
    }

    /** A finding that nobody has closed. */
    public record Open(UUID id, Finding.Kind kind, Optional<UUID> serviceId, String subject) {}

    /**
     * As people are told.
     *
     * @param organizationId none for what belongs to nobody known
     * @param sentence what was seen, and where it is written otherwise
     * @param closedAt since when it is no longer seen
     */
    public record Told(
            UUID id,
            Optional<UUID> organizationId,
            Optional<UUID> serviceId,
            Finding.Kind kind,
            String subject,
            String sentence,
            Instant openedAt,
            Optional<Instant> closedAt) {}
}
