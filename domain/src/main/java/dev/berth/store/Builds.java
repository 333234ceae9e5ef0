package dev.berth.store;

import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.Failure;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.plan.BuildPlan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The builds of a service. Changes of state are conditional: one that is not allowed changes nothing and returns false. */
public final class Builds {
    private final JdbcClient jdbc;

    public Builds(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Queues a build of what the branch names when the build begins. */
    public void insert(BuildRef build, String gitUrl, String gitBranch) {
        jdbc.sql("""
                insert into container_builds (id, organization_id, service_id, status, git_url, git_branch)
                values (?, ?, ?, 'queued', ?, ?)
                """)
                .params(build.buildId(), build.organizationId(), build.serviceId(), gitUrl, gitBranch)
                .update();
    }

    public Optional<Build> find(UUID id) {
        return jdbc.sql("select * from container_builds where id = ?")
                .param(id)
                .query(Builds::map)
                .optional();
    }

    /** Newest first; index {@code container_builds_list}. */
    public List<Build> page(UUID serviceId, Cursor after, int limit) {
        return jdbc.sql("""
                select * from container_builds
                where service_id = ? and (created_at, id) < (?, ?)
                order by created_at desc, id desc
                limit ?
                """)
                .params(serviceId, Column.of(after.createdAt()), after.id(), limit)
                .query(Builds::map)
                .list();
    }

    /** The newest successful build of the commit, whose image may be used again; index {@code container_builds_reuse}. */
    public Optional<Build> findSucceeded(UUID serviceId, String commitSha) {
        return jdbc.sql("""
                select * from container_builds
                where service_id = ? and commit_sha = ? and status = 'succeeded'
                order by finished_at desc
                limit 1
                """).params(serviceId, commitSha).query(Builds::map).optional();
    }

    /** The digests of all images that the service's builds made, each once. */
    public List<ImageDigest> imageDigests(UUID serviceId) {
        return jdbc.sql(
                        "select distinct image_digest from container_builds where service_id = ? and image_digest is not null")
                .param(serviceId)
                .query((row, number) -> new ImageDigest(row.getString("image_digest")))
                .list();
    }

    /** Marks the build running, from its first try on. */
    public void begin(UUID id, String commitSha) {
        jdbc.sql("""
                update container_builds
                set status = 'running', commit_sha = ?, started_at = coalesce(started_at, now())
                where id = ? and status in ('queued', 'running')
                """).params(commitSha, id).update();
    }

    public void recordPlan(UUID id, BuildPlan plan) {
        jdbc.sql("update container_builds set plan = cast(? as jsonb) where id = ? and status = 'running'")
                .params(Column.json(plan), id)
                .update();
    }

    public void recordPush(UUID id, Build.Push push) {
        jdbc.sql("""
                update container_builds set bytes_pushed = ?, layers_pushed = ?, layers = ?
                where id = ? and status = 'running' and layers is null
                """)
                .params(push.bytes(), push.layersPushed(), push.layers(), id)
                .update();
    }

    /** @return false where the build had ended otherwise before */
    public boolean succeed(UUID id, ImageDigest image) {
        int changed = jdbc.sql("""
                update container_builds set status = 'succeeded', image_digest = ?, finished_at = now()
                where id = ? and status in ('queued', 'running')
                """).params(image.value(), id).update();
        return changed == 1 || isIn(id, BuildState.SUCCEEDED);
    }

    /**
     * @param end {@code FAILED} or {@code CANCELLED}
     * @return false where the build had ended otherwise before
     */
    public boolean end(UUID id, BuildState end, Failure failure) {
        if (end != BuildState.FAILED && end != BuildState.CANCELLED) {
            throw new IllegalArgumentException("A build does not end by failure as " + end);
        }
        int changed = jdbc.sql("""
                update container_builds
                set status = :end, failure = cast(:failure as jsonb), finished_at = now()
                where id = :id and status in ('queued', 'running')
                """)
                .param("end", Column.of(end))
                .param("failure", Column.json(failure))
                .param("id", id)
                .update();
        return changed == 1 || isIn(id, end);
    }

    private boolean isIn(UUID id, BuildState state) {
        return find(id).map(build -> build.status() == state).orElse(false);
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
