package dev.berth.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The journal of steps: the console's timeline. Every statement names the organisation. */
public final class Steps {
    private static final int DETAIL_LIMIT = 1_000;

    private final JdbcClient jdbc;

    public Steps(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Notes that an attempt began, and ends an earlier attempt that never said how it ended: its process died. An attempt that
     * was noted before stays as it is.
     */
    public void begin(Step step) {
        jdbc.sql("""
                update workflow_steps
                set status = 'failed', finished_at = now(), detail = 'The process that worked on it ended.'
                where organization_id = ? and execution = ? and attempt < ? and status = 'running'
                """)
                .params(step.organizationId(), step.execution(), step.attempt())
                .update();
        jdbc.sql("""
                insert into workflow_steps
                    (id, organization_id, service_id, subject_kind, subject_id, execution, name, attempt, status, started_at)
                values (:id, :organization, :service, :kind, :subject, :execution, :name, :attempt, 'running', now())
                on conflict (execution, attempt) do nothing
                """)
                .param("id", step.id())
                .param("organization", step.organizationId())
                .param("service", step.serviceId())
                .param("kind", Column.of(step.subject()))
                .param("subject", step.subjectId())
                .param("execution", step.execution())
                .param("name", step.name())
                .param("attempt", step.attempt())
                .update();
    }

    public void finish(UUID organizationId, String execution, int attempt, Step.State state, Optional<String> detail) {
        jdbc.sql("""
                update workflow_steps set status = :state, finished_at = now(), detail = :detail
                where organization_id = :organization and execution = :execution and attempt = :attempt and status = 'running'
                """)
                .param("state", Column.of(state))
                .param("detail", detail.map(Steps::bounded).orElse(null))
                .param("organization", organizationId)
                .param("execution", execution)
                .param("attempt", attempt)
                .update();
    }

    /** In the order in which they began; a subject has a few dozen at most. */
    public List<Step> of(UUID organizationId, UUID subjectId) {
        return jdbc.sql("""
                select * from workflow_steps where organization_id = ? and subject_id = ?
                order by started_at, id limit 500
                """).params(organizationId, subjectId).query(Steps::map).list();
    }

    /** The journals of several subjects at once, for a page of them. */
    public Map<UUID, List<Step>> ofAll(UUID organizationId, List<UUID> subjectIds) {
        if (subjectIds.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("""
                select * from workflow_steps where organization_id = :organization and subject_id in (:subjects)
                order by started_at, id limit 20000
                """)
                .param("organization", organizationId)
                .param("subjects", subjectIds)
                .query(Steps::map)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Step::subjectId));
    }

    private static String bounded(String detail) {
        return detail.length() <= DETAIL_LIMIT ? detail : detail.substring(0, DETAIL_LIMIT);
    }

    private static Step map(ResultSet row, int number) throws SQLException {
        return new Step(
                Column.id(row, "id"),
                Column.id(row, "organization_id"),
                Column.id(row, "service_id"),
                Column.state(row, "subject_kind", Step.Subject.class),
                Column.id(row, "subject_id"),
                row.getString("execution"),
                row.getString("name"),
                row.getInt("attempt"),
                Column.state(row, "status", Step.State.class),
                Optional.ofNullable(row.getString("detail")),
                Column.instant(row, "started_at"),
                Column.optionalInstant(row, "finished_at"));
    }
}
