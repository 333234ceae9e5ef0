package dev.berth.store;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs of release commands, one for each deployment at most, and their logs; every statement names the organisation. */
public final class Releases {
    /** A command that says more is cut off, as a build is. */
    public static final int LINE_LIMIT = 20_000;

    /** Lines in one call of {@link #append}. */
    public static final int CHUNK_LIMIT = LogChunks.LINES;

    private final JdbcClient jdbc;
    private final LogChunks chunks;

    public Releases(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.chunks = chunks(jdbc);
    }

    static LogChunks chunks(JdbcClient jdbc) {
        return new LogChunks(jdbc, "release_log_chunks", "deployment_id");
    }

    /** Notes that the command runs; one that was noted before stays as it is. */
    public void begin(DeploymentRef deployment) {
        jdbc.sql("""
                insert into releases (deployment_id, organization_id, service_id, status)
                values (?, ?, ?, 'running')
                on conflict (deployment_id) do nothing
                """)
                .params(deployment.deploymentId(), deployment.organizationId(), deployment.serviceId())
                .update();
    }

    /** Makes room for another try after one that failed; its log stays, and the next one's follows it. */
    public void retryFailed(DeploymentRef deployment) {
        jdbc.sql("""
                update releases set status = 'running', exit_code = null, failure = null, started_at = now(), finished_at = null
                where organization_id = ? and service_id = ? and deployment_id = ? and status in ('failed', 'cancelled')
                """)
                .params(deployment.organizationId(), deployment.serviceId(), deployment.deploymentId())
                .update();
    }

    public Optional<Release> find(DeploymentRef deployment) {
        return jdbc.sql("select * from releases where organization_id = ? and service_id = ? and deployment_id = ?")
                .params(deployment.organizationId(), deployment.serviceId(), deployment.deploymentId())
                .query(Releases::map)
                .optional();
    }

    /** The runs of these deployments, by deployment. */
    public Map<UUID, Release> ofAll(UUID organizationId, List<UUID> deployments) {
        return jdbc
                .sql("select * from releases where organization_id = ? and deployment_id = any (?)")
                .params(organizationId, deployments.toArray(UUID[]::new))
                .query(Releases::map)
                .list()
                .stream()
                .collect(toMap(Release::deploymentId, identity()));
    }

    /** Writes that it ended with 0. */
    public void succeed(DeploymentRef deployment) {
        end(deployment, Release.State.SUCCEEDED, Optional.of(0), Optional.empty());
    }

    /** Writes why it failed; the first end stands. */
    public void fail(DeploymentRef deployment, Optional<Integer> exitCode, Failure failure) {
        end(deployment, Release.State.FAILED, exitCode, Optional.of(failure));
    }

    /** Writes that its deployment was ended while it ran; nothing where it had ended before. */
    public void cancel(DeploymentRef deployment) {
        end(deployment, Release.State.CANCELLED, Optional.empty(), Optional.empty());
    }

    private void end(
            DeploymentRef deployment, Release.State end, Optional<Integer> exitCode, Optional<Failure> failure) {
        jdbc.sql("""
                update releases
                set status = :end, exit_code = :exitCode, failure = cast(:failure as jsonb), finished_at = now()
                where organization_id = :organization and service_id = :service and deployment_id = :deployment
                  and status = 'running'
                """)
                .param("end", Column.of(end))
                .param("exitCode", exitCode.orElse(null))
                .param("failure", Column.of(failure))
                .param("organization", deployment.organizationId())
                .param("service", deployment.serviceId())
                .param("deployment", deployment.deploymentId())
                .update();
    }

    /** Appends lines that are of about the same moment; the run's row is held meanwhile, so that numbers have no gaps. */
    public void append(DeploymentRef deployment, Instant at, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        LogChunks.refuseTooMany(lines);
        jdbc.sql("""
                select deployment_id from releases
                where organization_id = ? and service_id = ? and deployment_id = ? for update
                """)
                .params(deployment.organizationId(), deployment.serviceId(), deployment.deploymentId())
                .query(UUID.class)
                .single();
        int kept = lineCount(deployment);
        if (kept < LINE_LIMIT) {
            chunks.append(deployment.organizationId(), deployment.deploymentId(), kept, at, lines);
        }
    }

    /** How many lines are kept. */
    public int lineCount(DeploymentRef deployment) {
        return chunks.lineCount(deployment.organizationId(), deployment.deploymentId());
    }

    /** Those of the lines that are kept which the present try said, and not one before it that failed. */
    public int lineCountOfTry(DeploymentRef deployment) {
        return jdbc.sql("""
                select coalesce(sum(c.line_count), 0)::integer
                from releases r
                join release_log_chunks c
                  on c.organization_id = r.organization_id and c.deployment_id = r.deployment_id and c.created_at >= r.started_at
                where r.organization_id = ? and r.service_id = ? and r.deployment_id = ?
                """)
                .params(deployment.organizationId(), deployment.serviceId(), deployment.deploymentId())
                .query(Integer.class)
                .single();
    }

    /** The lines after line {@code after}, at most {@code limit}; fewer may come, and there are more until none come. */
    public List<LogLine> after(DeploymentRef deployment, int after, int limit) {
        return chunks.after(deployment.organizationId(), deployment.deploymentId(), after, limit);
    }

    private static Release map(ResultSet row, int number) throws SQLException {
        return new Release(
                Column.id(row, "deployment_id"),
                Column.state(row, "status", Release.State.class),
                Column.optionalInt(row, "exit_code"),
                Column.failure(row),
                Column.instant(row, "started_at"),
                Column.optionalInstant(row, "finished_at"));
    }
}
