package dev.berth.store;

import static java.util.stream.Collectors.groupingBy;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.domain.reconcile.DeploymentRow;
import dev.berth.domain.reconcile.ServiceRows;
import dev.berth.domain.reconcile.ServiceRows.Route;
import dev.berth.domain.reconcile.ServiceRows.Work;
import dev.berth.domain.reconcile.Trace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What reconciling compares with the world, in pages of services by id. Platform only. */
public final class DriftRows {
    /** So many of a service's last operations are looked at for repairs that failed in a row. */
    private static final int LAST_OPERATIONS = 7;

    private final JdbcClient jdbc;

    public DriftRows(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** The time by the clock that writes {@code updated_at}. */
    public Instant now() {
        return jdbc.sql("select now()").query(OffsetDateTime.class).single().toInstant();
    }

    /** Services after {@code after} by id, the first ones for the id of zeros. */
    public List<ServiceRows> page(UUID after, int limit) {
        List<Head> heads = jdbc.sql("""
                select s.id, s.organization_id, s.status, s.replicas, s.current_deployment_id,
                       r.service_id is not null as has_route, r.deployment_id as routed,
                       greatest(s.updated_at, r.updated_at) as touched,
                       exists (select from operations where service_id = s.id and
                """ + Holds.AT_WORK + """
                       ) as open
                from container_services s
                left join routes r on r.service_id = s.id
                where s.id > ?
                order by s.id
                limit ?
                """)
                .params(after, limit)
                .query(DriftRows::head)
                .list();
        UUID[] ids = heads.stream().map(head -> head.service().serviceId()).toArray(UUID[]::new);
        Map<UUID, List<Row>> deployments = deployments(ids);
        Map<UUID, List<Last>> operations = lastOperations(ids);
        return heads.stream()
                .map(head -> rows(
                        head,
                        deployments.getOrDefault(head.service().serviceId(), List.of()),
                        operations.getOrDefault(head.service().serviceId(), List.of())))
                .toList();
    }

    private static ServiceRows rows(Head head, List<Row> deployments, List<Last> operations) {
        Instant touched = head.touched();
        for (Row row : deployments) {
            touched = later(touched, row.touched());
        }
        for (Last last : operations) {
            touched = later(touched, last.touched());
        }
        return new ServiceRows(
                head.service(),
                head.state(),
                head.replicas(),
                head.current(),
                head.route(),
                deployments.stream().map(Row::deployment).toList(),
                work(head.open(), operations),
                touched);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** @param operations ended ones and open ones, newest first */
    private static Work work(boolean open, List<Last> operations) {
        List<Last> failed = operations.stream()
                .filter(last -> last.state().isTerminal())
                .takeWhile(last -> last.kind() == OperationKind.REPAIR && last.state() != OperationState.SUCCEEDED)
                .toList();
        return failed.isEmpty()
                ? new Work(open, 0, Optional.empty())
                : new Work(open, failed.size(), Optional.of(failed.getFirst().touched()));
    }

    /** Indexes {@code container_deployments_retained} and {@code container_deployments_status}. */
    private Map<UUID, List<Row>> deployments(UUID[] services) {
        return jdbc
                .sql("""
                with few as (
                    select id, service_id, status, proven_at, updated_at from container_deployments
                    where service_id = any (:services) and status in ('running', 'retired') and removed_at is null
                    union all
                    select id, service_id, status, proven_at, updated_at from container_deployments
                    where service_id = any (:services) and status in ('pending', 'building', 'deploying')
                      and removed_at is null
                      and not exists (select from operations
                                      where deployment_id = container_deployments.id and operations.status = 'pending'
                                        and container_deployments.status = 'pending'
                                        and waiting_for in ('approval', 'window')))
                select few.*, (select count(*) from endpoints e where e.deployment_id = few.id) as endpoints
                from few
                order by few.id
                """)
                .param("services", services)
                .query((row, number) -> new Row(
                        Column.id(row, "service_id"),
                        new DeploymentRow(
                                Column.id(row, "id"),
                                Column.state(row, "status", DeploymentState.class),
                                Column.optionalInstant(row, "proven_at").isPresent(),
                                row.getInt("endpoints")),
                        Column.instant(row, "updated_at")))
                .list()
                .stream()
                .collect(groupingBy(Row::service));
    }

    /** Index {@code operations_list}. */
    private Map<UUID, List<Last>> lastOperations(UUID[] services) {
        return jdbc
                .sql("""
                select s.id as service_id, o.kind, o.status, o.updated_at
                from container_services s
                cross join lateral (
                    select kind, status, updated_at, created_at, id from operations
                    where organization_id = s.organization_id and service_id = s.id
                    order by created_at desc, id desc
                    limit :limit) o
                where s.id = any (:services)
                order by s.id, o.created_at desc, o.id desc
                """)
                .param("services", services)
                .param("limit", LAST_OPERATIONS)
                .query((row, number) -> new Last(
                        Column.id(row, "service_id"),
                        Column.state(row, "kind", OperationKind.class),
                        Column.state(row, "status", OperationState.class),
                        Column.instant(row, "updated_at")))
                .list()
                .stream()
                .collect(groupingBy(Last::service));
    }

    /** What is still known of these deployments. One that is under way or kept has no trace but its row. */
    public Map<UUID, Trace> traces(Collection<DeploymentRef> deployments) {
        if (deployments.isEmpty()) {
            return Map.of();
        }
        Set<UUID> ended = new HashSet<>(jdbc.sql("""
                select id from container_deployments
                where id = any (?)
                  and (removed_at is not null or status in ('superseded', 'rolled_back', 'failed', 'cancelled'))
                """)
                .param(ids(deployments.stream().map(DeploymentRef::deploymentId).toList()))
                .query(UUID.class)
                .list());
        Set<UUID> deleted = new HashSet<>(jdbc.sql("""
                select service_id from operations o
                where service_id = any (?) and kind = 'delete' and status = 'succeeded'
                  and not exists (select from container_services s where s.id = o.service_id)
                """)
                .param(ids(deployments.stream().map(DeploymentRef::serviceId).toList()))
                .query(UUID.class)
                .list());
        Map<UUID, Trace> traces = new HashMap<>();
        for (DeploymentRef deployment : deployments) {
            traces.put(
                    deployment.deploymentId(),
                    ended.contains(deployment.deploymentId())
                            ? Trace.ENDED
                            : deleted.contains(deployment.serviceId()) ? Trace.SERVICE_DELETED : Trace.NONE);
        }
        return traces;
    }

    /** Whether a deployment that has ended has ended still, and no operation of its service is open. */
    public boolean isEnded(DeploymentRef deployment) {
        Trace trace = traces(List.of(deployment)).getOrDefault(deployment.deploymentId(), Trace.NONE);
        return trace != Trace.NONE && !hasOpen(deployment.serviceId());
    }

    /** Whether somebody works on the service; one whose new version is held at its gates rests. */
    public boolean hasOpen(UUID serviceId) {
        return jdbc.sql("select exists (select from operations where service_id = ? and " + Holds.AT_WORK + ")")
                .param(serviceId)
                .query(Boolean.class)
                .single();
    }

    /** Images of what runs, is under way or can be rolled back to. */
    public Set<ImageDigest> keptImages(UUID serviceId) {
        return Set.copyOf(jdbc.sql("""
                select distinct image_digest from container_deployments
                where service_id = ? and removed_at is null and image_digest is not null
                  and status in ('pending', 'building', 'deploying', 'running', 'retired')
                """)
                .param(serviceId)
                .query((row, number) -> new ImageDigest(row.getString("image_digest")))
                .list());
    }

    /** Those builds that have ended by their row, and at least {@code quiet} ago. */
    public Set<UUID> endedBuilds(Collection<UUID> of, Duration quiet) {
        return Set.copyOf(jdbc.sql("""
                select id from container_builds
                where id = any (:ids) and status in ('succeeded', 'failed', 'cancelled')
                  and updated_at < now() - make_interval(secs => :quiet)
                """)
                .param("ids", ids(of))
                .param("quiet", quiet.toMillis() / 1000.0)
                .query(UUID.class)
                .list());
    }

    /** Those builds of the service that have ended by their row. */
    public Set<UUID> endedBuilds(UUID serviceId, Collection<UUID> of) {
        return Set.copyOf(jdbc.sql("""
                select id from container_builds
                where id = any (:ids) and service_id = :service and status in ('succeeded', 'failed', 'cancelled')
                """)
                .param("ids", ids(of))
                .param("service", serviceId)
                .query(UUID.class)
                .list());
    }

    private static UUID[] ids(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }

    private static Head head(ResultSet row, int number) throws SQLException {
        Optional<UUID> routed = Column.optionalId(row, "routed");
        Route none = row.getBoolean("has_route") ? new Route.Page() : new Route.None();
        return new Head(
                new ServiceRef(Column.id(row, "organization_id"), Column.id(row, "id")),
                Column.state(row, "status", ServiceState.class),
                row.getInt("replicas"),
                Column.optionalId(row, "current_deployment_id"),
                routed.<Route>map(Route.To::new).orElse(none),
                row.getBoolean("open"),
                Column.instant(row, "touched"));
    }

    private record Head(
            ServiceRef service,
            ServiceState state,
            int replicas,
            Optional<UUID> current,
            Route route,
            boolean open,
            Instant touched) {}

    private record Row(UUID service, DeploymentRow deployment, Instant touched) {}

    private record Last(UUID service, OperationKind kind, OperationState state, Instant touched) {}
}
