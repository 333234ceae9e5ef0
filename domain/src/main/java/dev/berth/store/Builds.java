package dev.berth.store;

import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.Failure;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.plan.BuildPlan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The builds of a service; every statement names the organisation too. Changes of state are conditional: one that is not allowed
 * changes nothing and returns false.
 */
public final class Builds {
    private final JdbcClient jdbc;

    public Builds(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Queues a build of what the branch names when the build begins. Call it with the service's row held: it is as old as its
     * place in the queue, see {@link Operations#insert}.
     */
    public void insert(BuildRef build, String gitUrl, String gitBranch) {
        jdbc.sql("""
                insert into container_builds (id, organization_id, service_id, status, git_url, git_branch, created_at)
                values (?, ?, ?, 'queued', ?, ?, clock_timestamp())
                """)
                .params(build.buildId(), build.organizationId(), build.serviceId(), gitUrl, gitBranch)
                .update();
    }

    public Optional<Build> find(BuildRef build) {
        return jdbc.sql("select * from container_builds where organization_id = ? and service_id = ? and id = ?")
                .params(build.organizationId(), build.serviceId(), build.buildId())
                .query(Builds::map)
                .optional();
    }

    /** Newest first; index {@code container_builds_list}. */
    public List<Build> page(ServiceRef service, Cursor after, int limit) {
        return jdbc.sql("""
                select * from container_builds
                where organization_id = ? and service_id = ? and (created_at, id) < (?, ?)
                order by created_at desc, id desc
                limit ?
                """)
                .params(service.organizationId(), service.serviceId(), Column.of(after.createdAt()), after.id(), limit)
                .query(Builds::map)
                .list();
    }

    /** The newest successful build of the commit, whose image may be used again; index {@code container_builds_reuse}. */
    public Optional<Build> findSucceeded(ServiceRef service, String commitSha) {
        return jdbc.sql("""
                select * from container_builds
                where organization_id = ? and service_id = ? and commit_sha = ? and status = 'succeeded'
                order by finished_at desc
                limit 1
                """)
                .params(service.organizationId(), service.serviceId(), commitSha)
                .query(Builds::map)
                .optional();
    }

    /** The digests of all images that the service's builds made, each once. */
    public List<ImageDigest> imageDigests(ServiceRef service) {
        return jdbc.sql("""
                select distinct image_digest from container_builds
                where organization_id = ? and service_id = ? and image_digest is not null
                """)
                .params(service.organizationId(), service.serviceId())
                .query((row, number) -> new ImageDigest(row.getString("image_digest")))
                .list();
    }

    /** Marks the build running, from its first try on. */
    public void begin(BuildRef build, String commitSha) {
        jdbc.sql("""
                update container_builds
                set status = 'running', commit_sha = ?, started_at = coalesce(started_at, now())
                where organization_id = ? and service_id = ? and id = ?
                  and status in ('queued', 'running')
                """)
                .params(commitSha, build.organizationId(), build.serviceId(), build.buildId())
                .update();
    }

    public void recordPlan(BuildRef build, BuildPlan plan) {
        jdbc.sql("""
                update container_builds set plan = cast(? as jsonb)
                where organization_id = ? and service_id = ? and id = ? and status = 'running'
                """)
                .params(Column.json(plan), build.organizationId(), build.serviceId(), build.buildId())
                .update();
    }

    public void recordPush(BuildRef build, Build.Push push) {
        jdbc.sql("""
                update container_builds set bytes_pushed = ?, layers_pushed = ?, layers = ?
                where organization_id = ? and service_id = ? and id = ?
                  and status = 'running' and layers is null
                """)
                .params(
                        push.bytes(),
                        push.layersPushed(),
                        push.layers(),
                        build.organizationId(),
                        build.serviceId(),
                        build.buildId())
                .update();
    }

    /** @return false where the build had ended otherwise before */
    public boolean succeed(BuildRef build, ImageDigest image) {
        int changed = jdbc.sql("""
                update container_builds set status = 'succeeded', image_digest = ?, finished_at = now()
                where organization_id = ? and service_id = ? and id = ?
                  and status in ('queued', 'running')
                """)
                .params(image.value(), build.organizationId(), build.serviceId(), build.buildId())
                .update();
        return changed == 1 || isIn(build, BuildState.SUCCEEDED);
    }

    /**
     * @param end {@code FAILED} or {@code CANCELLED}
     * @return false where the build had ended otherwise before
     */
    public boolean end(BuildRef build, BuildState end, Failure failure) {
        if (end != BuildState.FAILED && end != BuildState.CANCELLED) {
            throw new IllegalArgumentException("A build does not end by failure as " + end);
        }
        int changed = jdbc.sql("""
                update container_builds
                set status = :end, failure = cast(:failure as jsonb), finished_at = now()
                where organization_id = :organization and service_id = :service and id = :id
                  and status in ('queued', 'running')
                """)
                .param("end", Column.of(end))
                .param("failure", Column.json(failure))
                .param("organization", build.organizationId())
                .param("service", build.serviceId())
                .param("id", build.buildId())
                .update();
        return changed == 1 || isIn(build, end);
    }

    private boolean isIn(BuildRef build, BuildState state) {
        return find(build).map(row -> row.status() == state).orElse(false);
    }

    private static Build map(ResultSet row, int number) throws SQLException {
        return new Build(
                Column.id(row, "id"),
                Column.id(row, "organization_id"),
                Column.id(row, "service_id"),
                Column.state(row, "status", BuildState.class),
                row.getString("git_url"),
                row.getString("git_branch"),
                Optional.ofNullable(row.getString("commit_sha")),
                Optional.ofNullable(row.getString("plan")).map(text -> Column.parse(text, BuildPlan.class)),
                Column.digest(row, "image_digest"),
                push(row),
                Column.failure(row),
                Column.instant(row, "created_at"),
                Column.optionalInstant(row, "started_at"),
                Column.optionalInstant(row, "finished_at"));
    }

    private static Optional<Build.Push> push(ResultSet row) throws SQLException {
        int layers = row.getInt("layers");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new Build.Push(row.getLong("bytes_pushed"), row.getInt("layers_pushed"), layers));
    }
}
