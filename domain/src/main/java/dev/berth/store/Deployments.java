package dev.berth.store;

import static java.util.stream.Collectors.toList;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.ServiceRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The deployments of a service; every statement names the organisation too. Every change of state is an update on the condition that {@link DeploymentState} allows it;
 * one that was made before by an earlier try changes nothing and is true again.
 */
public final class Deployments {
    private final JdbcClient jdbc;

    public Deployments(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Queues an attempt with the service's present configuration; its image comes from {@code buildId}. Call it with the service's
     * row held: it is as old as its place in the queue, see {@link Operations#insert}.
     */
    public void insert(DeploymentRef deployment, Optional<UUID> buildId, Deployment.Configuration configuration) {
        jdbc.sql("""
                insert into container_deployments
                    (id, organization_id, service_id, build_id, status, cpu_millis, memory_mb, port, health_path, env,
                     release_command, volume, created_at)
                values
                    (:id, :organization, :service, :build, 'pending', :cpuMillis, :memoryMb, :port, :healthPath,
                     cast(:env as jsonb), cast(:release as jsonb), :volume, clock_timestamp())
                """)
                .param("id", deployment.deploymentId())
                .param("organization", deployment.organizationId())
                .param("service", deployment.serviceId())
                .param("build", buildId.orElse(null))
                .param("cpuMillis", configuration.cpuMillis())
                .param("memoryMb", configuration.memoryMb())
                .param("port", configuration.port())
                .param("healthPath", configuration.healthPath())
                .param("env", Column.json(configuration.env()))
                .param("release", Column.argv(configuration.release()))
                .param("volume", configuration.volume())
                .update();
    }

    public Optional<Deployment> find(DeploymentRef deployment) {
        return jdbc.sql("""
                select * from container_deployments where organization_id = ? and service_id = ? and id = ?
                """)
                .params(deployment.organizationId(), deployment.serviceId(), deployment.deploymentId())
                .query(Deployments::map)
                .optional();
    }

    /** Newest first; index {@code container_deployments_list}. */
    public List<Deployment> page(ServiceRef service, Cursor after, int limit) {
        return jdbc.sql("""
                select * from container_deployments
                where organization_id = ? and service_id = ? and (created_at, id) < (?, ?)
                order by created_at desc, id desc
                limit ?
                """)
                .params(service.organizationId(), service.serviceId(), Column.of(after.createdAt()), after.id(), limit)
                .query(Deployments::map)
                .list();
    }

    /**
     * All that may get the traffic, newest first: by when they last had it, else by when they were kept. So the first is what a
     * stopped service starts with. Few, since the rest is removed.
     */
    public List<Deployment> retained(ServiceRef service) {
        return jdbc.sql("""
                select * from container_deployments
                where organization_id = ? and service_id = ? and status in ('running', 'retired') and removed_at is null
                order by coalesce(routed_at, finished_at, created_at) desc, id desc
                """)
                .params(service.organizationId(), service.serviceId())
                .query(Deployments::map)
                .list();
    }

    /** Those of {@link #retained} that an operation which waits or runs is about: somebody was promised them. */
    public Set<UUID> promised(ServiceRef service) {
        return jdbc.sql("""
                select d.id from container_deployments d
                where d.organization_id = ? and d.service_id = ? and d.status in ('running', 'retired') and d.removed_at is null
                  and exists (select from operations o
                              where o.deployment_id = d.id and o.organization_id = d.organization_id
                                and o.status in ('pending', 'running'))
                """)
                .params(service.organizationId(), service.serviceId())
                .query(UUID.class)
                .set();
    }

    /** Every deployment that may still have something in Swarm, whatever its state. */
    public List<Deployment> notRemoved(ServiceRef service) {
        return jdbc.sql("""
                select * from container_deployments
                where organization_id = ? and service_id = ? and removed_at is null
                order by id
                """)
                .params(service.organizationId(), service.serviceId())
                .query(Deployments::map)
                .list();
    }

    /** The one that automatic roll-back goes to: proven, still there, and not {@code except}. */
    public Optional<Deployment> lastProven(DeploymentRef except) {
        return jdbc.sql("""
                select * from container_deployments
                where organization_id = ? and service_id = ? and id <> ? and status in ('running', 'retired')
                  and removed_at is null and proven_at is not null
                order by routed_at desc
                limit 1
                """)
                .params(except.organizationId(), except.serviceId(), except.deploymentId())
                .query(Deployments::map)
                .optional();
    }

    /**
     * Along the table of states; what gets the traffic is moved by {@link #serve}.
     *
     * @return whether the deployment is in {@code state} now
     */
    public boolean move(DeploymentRef deployment, DeploymentState state) {
        jdbc.sql("""
                update container_deployments
                set status = :state,
                    started_at = case when :state <> 'pending' then coalesce(started_at, now()) end,
                    finished_at = case when :state in ('pending', 'building', 'deploying', 'running') then null else now() end
                where organization_id = :organization and service_id = :service and id = :id
                  and status in (:before)
                """)
                .param("state", Column.of(state))
                .param("organization", deployment.organizationId())
                .param("service", deployment.serviceId())
                .param("id", deployment.deploymentId())
                .param("before", before(state))
                .update();
        return isIn(deployment, state);
    }

    /**
     * Moves it to running, and notes that traffic comes to it from now on, also where it has been running all along: one that stood
     * warm behind another may be gone back to, and then it is the first of {@link #retained}.
     *
     * @return whether it is running now
     */
    public boolean serve(DeploymentRef deployment) {
        boolean running = move(deployment, DeploymentState.RUNNING);
        jdbc.sql("""
                update container_deployments set routed_at = now()
                where organization_id = ? and service_id = ? and id = ? and status = 'running'
                """)
                .params(deployment.organizationId(), deployment.serviceId(), deployment.deploymentId())
                .update();
        return running;
    }

    /** As {@link #move}, with the reason; the first reason stands. */
    public boolean fail(DeploymentRef deployment, DeploymentState state, Failure failure) {
        jdbc.sql("""
                update container_deployments
                set status = :state, failure = cast(:failure as jsonb), finished_at = now(),
                    started_at = coalesce(started_at, now())
                where organization_id = :organization and service_id = :service and id = :id
                  and status in (:before)
                """)
                .param("state", Column.of(state))
                .param("failure", Column.json(failure))
                .param("organization", deployment.organizationId())
                .param("service", deployment.serviceId())
                .param("id", deployment.deploymentId())
                .param("before", before(state))
                .update();
        return isIn(deployment, state);
    }

    public void adoptImage(DeploymentRef deployment, ImageDigest image, Optional<String> commitSha) {
        jdbc.sql("""
                update container_deployments set image_digest = :image, commit_sha = :commit
                where organization_id = :organization and service_id = :service and id = :id
                  and status in ('pending', 'building', 'deploying')
                """)
                .param("image", image.value())
                .param("commit", commitSha.orElse(null))
                .param("organization", deployment.organizationId())
                .param("service", deployment.serviceId())
                .param("id", deployment.deploymentId())
                .update();
    }

    public void prove(DeploymentRef deployment) {
        jdbc.sql("""
                update container_deployments set proven_at = now()
                where organization_id = ? and service_id = ? and id = ? and status = 'running' and proven_at is null
                """)
                .params(deployment.organizationId(), deployment.serviceId(), deployment.deploymentId())
                .update();
    }

    /** For its sake nothing served, and now something does again: see {@link Routes#pause}. The first end stands. */
    public void endGap(DeploymentRef deployment) {
        jdbc.sql("""
                update container_deployments
                set gap_millis = ceil(extract(epoch from now() - gap_began_at) * 1000)
                where organization_id = ? and service_id = ? and id = ? and gap_began_at is not null and gap_millis is null
                """)
                .params(deployment.organizationId(), deployment.serviceId(), deployment.deploymentId())
                .update();
    }

    public void markRemoved(DeploymentRef deployment) {
        jdbc.sql("""
                update container_deployments set removed_at = now()
                where organization_id = ? and service_id = ? and id = ? and removed_at is null
                """)
                .params(deployment.organizationId(), deployment.serviceId(), deployment.deploymentId())
                .update();
    }

    /**
     * Whether the image must stay for something else: another deployment that is not removed has it, or is to get it from its build;
     * or a build is under way of a commit that it was made of, and may have been told that the image is there. Where such a build
     * makes another one in the end, reconciling removes what is left.
     */
    public boolean sharesImage(DeploymentRef deployment, ImageDigest image) {
        return jdbc.sql("""
                select exists (
                    select from container_deployments d
                    left join container_builds b on b.organization_id = d.organization_id and b.id = d.build_id
                    where d.organization_id = :organization and d.service_id = :service and d.id <> :id
                      and coalesce(d.image_digest, b.image_digest) = :image and d.removed_at is null
                      and d.status in ('pending', 'building', 'deploying', 'running', 'retired'))
                or exists (
                    select from container_builds u
                    where u.organization_id = :organization and u.service_id = :service
                      and u.status in ('queued', 'running')
                      and u.commit_sha in (
                          select commit_sha from container_builds
                          where organization_id = :organization and service_id = :service and status = 'succeeded'
                            and image_digest = :image))
                """)
                .param("organization", deployment.organizationId())
                .param("service", deployment.serviceId())
                .param("id", deployment.deploymentId())
                .param("image", image.value())
                .query(Boolean.class)
                .single();
    }

    private boolean isIn(DeploymentRef deployment, DeploymentState state) {
        return find(deployment).map(row -> row.status() == state).orElse(false);
    }

    private static Optional<Duration> gap(ResultSet row) throws SQLException {
        long millis = row.getLong("gap_millis");
        return row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }

    private static List<String> before(DeploymentState state) {
        return DeploymentState.before(state).stream().map(Column::of).sorted().collect(toList());
    }

    private static Deployment map(ResultSet row, int number) throws SQLException {
        return new Deployment(
                Column.id(row, "id"),
                Column.id(row, "organization_id"),
                Column.id(row, "service_id"),
                Column.optionalId(row, "build_id"),
                Column.state(row, "status", DeploymentState.class),
                Column.digest(row, "image_digest"),
                Optional.ofNullable(row.getString("commit_sha")),
                new Deployment.Configuration(
                        row.getInt("cpu_millis"),
                        row.getInt("memory_mb"),
                        row.getInt("port"),
                        row.getString("health_path"),
                        Column.environment(row, "env"),
                        Column.release(row),
                        row.getBoolean("volume")),
                Column.failure(row),
                Column.instant(row, "created_at"),
                Column.optionalInstant(row, "approved_at"),
                Column.optionalInstant(row, "started_at"),
                Column.optionalInstant(row, "routed_at"),
                Column.optionalInstant(row, "proven_at"),
                gap(row),
                Column.optionalInstant(row, "removed_at"),
                Column.optionalInstant(row, "finished_at"));
    }
}
