package dev.berth.store;

import dev.berth.domain.BuildRef;
import dev.berth.domain.DeploymentRef;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which logs are too old: those behind the newest {@value #KEPT} builds and the newest {@value #KEPT} release commands of a
 * service. What runs, is under way or can be rolled back to keeps its logs at any age. A log that is dropped leaves one line that
 * says so; logs of one line are left as they are. Platform only.
 */
public final class LogRetention {
    /** Of the builds of one service, and as many of its release commands. */
    public static final int KEPT = 50;

    /** What is left of a dropped log. */
    public static final String DROPPED = "This log was dropped: those of a service's newest " + KEPT
            + " are kept, and of what runs or can be rolled back to.";

    /** As {@link DriftRows#keptImages}. */
    private static final String IN_USE = """
             d.removed_at is null and d.status in ('pending', 'building', 'deploying', 'running', 'retired')
            """;

    private final JdbcClient jdbc;
    private final LogChunks builds;
    private final LogChunks releases;

    public LogRetention(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.builds = BuildLogs.chunks(jdbc);
        this.releases = Releases.chunks(jdbc);
    }

    /** Services after {@code after} by id, the first ones for the id of zeros. */
    public List<UUID> services(UUID after, int limit) {
        return jdbc.sql("select id from container_services where id > ? order by id limit ?")
                .params(after, limit)
                .query(UUID.class)
                .list();
    }

    /** Builds of these services whose logs are too old and still there. Index {@code container_builds_list}. */
    public List<BuildRef> oldBuilds(List<UUID> services, int limit) {
        return jdbc.sql("""
                select s.organization_id, s.id as service_id, b.id
                from container_services s
                cross join lateral (
                    select id, status from container_builds
                    where organization_id = s.organization_id and service_id = s.id
                    order by created_at desc, id desc
                    offset :kept) b
                where s.id = any (:services) and b.status in ('succeeded', 'failed', 'cancelled')
                  and not exists (select from container_deployments d where d.build_id = b.id and
                """ + IN_USE + """
                  )
                  and exists (select from build_log_chunks
                              where build_id = b.id and (first_line > 1 or line_count > 1))
                limit :limit
                """)
                .param("kept", KEPT)
                .param("services", services.toArray(UUID[]::new))
                .param("limit", limit)
                .query((row, number) -> new BuildRef(
                        Column.id(row, "organization_id"), Column.id(row, "service_id"), Column.id(row, "id")))
                .list();
    }

    /** The same of release commands, by their deployments. Index {@code releases_deployment}; the ids are in order of time. */
    public List<DeploymentRef> oldReleases(List<UUID> services, int limit) {
        return jdbc.sql("""
                select s.organization_id, s.id as service_id, r.deployment_id
                from container_services s
                cross join lateral (
                    select deployment_id, status from releases
                    where organization_id = s.organization_id and service_id = s.id
                    order by deployment_id desc
                    offset :kept) r
                where s.id = any (:services) and r.status <> 'running'
                  and not exists (select from container_deployments d where d.id = r.deployment_id and
                """ + IN_USE + """
                  )
                  and exists (select from release_log_chunks
                              where deployment_id = r.deployment_id and (first_line > 1 or line_count > 1))
                limit :limit
                """)
                .param("kept", KEPT)
                .param("services", services.toArray(UUID[]::new))
                .param("limit", limit)
                .query((row, number) -> new DeploymentRef(
                        Column.id(row, "organization_id"),
                        Column.id(row, "service_id"),
                        Column.id(row, "deployment_id")))
                .list();
    }

    public void drop(BuildRef build, Instant at) {
        builds.replace(build.organizationId(), build.buildId(), at, DROPPED);
    }

    public void drop(DeploymentRef released, Instant at) {
        releases.replace(released.organizationId(), released.deploymentId(), at, DROPPED);
    }
}
