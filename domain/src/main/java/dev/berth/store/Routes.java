package dev.berth.store;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.ServiceRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where the traffic goes, and the generation that grows with every change of it. Every statement names the organisation, but
 * those for the edge, which serves them all.
 */
public final class Routes {
    private final JdbcClient jdbc;

    public Routes(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Puts the traffic of the service's host on the deployment, all of it. Changes nothing where it is there already.
     *
     * @return the generation at which the edge serves this
     */
    public long point(String host, DeploymentRef deployment) {
        boolean there = find(deployment.service())
                .filter(route -> route.canaryId().isEmpty() && !route.paused())
                .flatMap(Route::deploymentId)
                .filter(deployment.deploymentId()::equals)
                .isPresent();
        if (!there) {
            jdbc.sql("""
                    insert into routes (service_id, organization_id, host, deployment_id) values (?, ?, ?, ?)
                    on conflict (service_id) do update
                    set deployment_id = excluded.deployment_id, canary_deployment_id = null, paused_at = null
                    where routes.organization_id = excluded.organization_id
                    """)
                    .params(deployment.serviceId(), deployment.organizationId(), host, deployment.deploymentId())
                    .update();
        }
        return generation();
    }

    public Optional<Route> find(ServiceRef service) {
        return jdbc.sql("select * from routes where organization_id = ? and service_id = ?")
                .params(service.organizationId(), service.serviceId())
                .query((row, number) -> new Route(
                        Column.id(row, "service_id"),
                        Column.id(row, "organization_id"),
                        row.getString("host"),
                        Column.optionalId(row, "deployment_id"),
                        Column.optionalId(row, "canary_deployment_id"),
                        row.getTimestamp("paused_at") != null))
                .optional();
    }

    /**
     * Sends the canary its part of the traffic of the service's host, and leaves the rest where it goes. Changes nothing where it gets it
     * already, where the host leads to nothing else, nor for a deployment that is not on its way.
     *
     * @return the generation at which the edge serves this
     */
    public long split(DeploymentRef canary) {
        if (!hasPart(canary)) {
            jdbc.sql("""
                    update routes set canary_deployment_id = :canary
                    where organization_id = :organization and service_id = :service and deployment_id <> :canary
                      -- an attempt that comes late must not send requests to what was withdrawn meanwhile
                      and exists (select from container_deployments
                                  where organization_id = :organization and id = :canary and status = 'deploying')
                    """)
                    .param("canary", canary.deploymentId())
                    .param("organization", canary.organizationId())
                    .param("service", canary.serviceId())
                    .update();
        }
        return generation();
    }

    /** Asked first because a statement counts as a change of the routes, also where it finds no row to change. */
    private boolean hasPart(DeploymentRef canary) {
        return find(canary.service())
                .flatMap(Route::canaryId)
                .filter(canary.deploymentId()::equals)
                .isPresent();
    }

    /**
     * Takes its part of the traffic from the canary. Nothing to do where it has none.
     *
     * @return the generation at which the edge serves this
     */
    public long join(DeploymentRef canary) {
        if (hasPart(canary)) {
            jdbc.sql("""
                    update routes set canary_deployment_id = null
                    where organization_id = ? and service_id = ? and canary_deployment_id = ?
                    """)
                    .params(canary.organizationId(), canary.serviceId(), canary.deploymentId())
                    .update();
        }
        return generation();
    }

    /**
     * Puts the traffic of the service's host on the page of a stopped service. Changes nothing where it is there already.
     *
     * @return the generation at which the edge serves this
     */
    public long stop(String host, ServiceRef service) {
        boolean there =
                find(service).filter(route -> route.deploymentId().isEmpty()).isPresent();
        if (!there) {
            jdbc.sql("""
                    insert into routes (service_id, organization_id, host, deployment_id) values (?, ?, ?, null)
                    on conflict (service_id) do update
                    set deployment_id = null, canary_deployment_id = null, paused_at = null
                    where routes.organization_id = excluded.organization_id
                    """)
                    .params(service.serviceId(), service.organizationId(), host)
                    .update();
        }
        return generation();
    }

    /**
     * Lets the edge answer in place of what serves, which is to end before its successor is started; {@link #point} ends it.
     * Changes nothing where it does so already, nor where nothing but the successor serves.
     *
     * @return the generation at which the edge does so
     */
    public long pause(DeploymentRef successor) {
        boolean wanted = find(successor.service())
                .filter(route -> !route.paused())
                .flatMap(Route::deploymentId)
                .filter(serving -> !serving.equals(successor.deploymentId()))
                .isPresent();
        if (wanted) {
            jdbc.sql("update routes set paused_at = now() where organization_id = ? and service_id = ?")
                    .params(successor.organizationId(), successor.serviceId())
                    .update();
            jdbc.sql("""
                    update container_deployments set gap_began_at = now(), gap_millis = null
                    where organization_id = ? and service_id = ? and id = ?
                    """)
                    .params(successor.organizationId(), successor.serviceId(), successor.deploymentId())
                    .update();
        }
        return generation();
    }

    /** The hosts of which nothing serves, in order. Platform only. */
    public List<StoppedRow> stoppedForEdge() {
        return jdbc.sql("""
                select service_id, host, paused_at is not null as paused from routes
                where deployment_id is null or paused_at is not null
                order by host
                """)
                .query((row, number) ->
                        new StoppedRow(Column.id(row, "service_id"), row.getString("host"), row.getBoolean("paused")))
                .list();
    }

    /** @return the generation at which the edge no longer serves the host */
    public long remove(ServiceRef service) {
        if (find(service).isPresent()) {
            jdbc.sql("delete from routes where organization_id = ? and service_id = ?")
                    .params(service.organizationId(), service.serviceId())
                    .update();
        }
        return generation();
    }

    /** Whether the route, if there is one, was last moved at least {@code since} ago: by the database's clock. */
    public boolean isSettled(ServiceRef service, Duration since) {
        return jdbc.sql("""
                select not exists (
                    select from routes
                    where organization_id = ? and service_id = ? and updated_at > now() - make_interval(secs => ?))
                """)
                .params(service.organizationId(), service.serviceId(), since.toMillis() / 1000.0)
                .query(Boolean.class)
                .single();
    }

    public long generation() {
        return jdbc.sql("select generation from edge_generation")
                .query(Long.class)
                .single();
    }

    /**
     * All routes to deployments that serve with their replicas, by host; what the edge document is made of. A deployment keeps its endpoints until it is
     * scaled to zero, so the standby goes by itself when it is retired. Platform only.
     */
    public List<EdgeRow> forEdge() {
        return jdbc.sql("""
                select r.host, r.organization_id, r.service_id, r.deployment_id, d.port, d.health_path,
                       coalesce((select string_agg(host(address), ',' order by address) from endpoints
                                 where organization_id = r.organization_id and deployment_id = r.deployment_id), '') as addresses,
                       standby.port as standby_port, standby.health_path as standby_health_path,
                       (select string_agg(host(address), ',' order by address) from endpoints
                        where organization_id = r.organization_id and deployment_id = standby.id) as standby_addresses,
                       c.deployment_id as canary_id, c.weight as canary_weight, cd.port as canary_port,
                       cd.health_path as canary_health_path,
                       coalesce((select string_agg(host(address), ',' order by address) from endpoints
                                 where organization_id = r.organization_id and deployment_id = c.deployment_id), '')
                           as canary_addresses
                from routes r
                join container_deployments d on d.organization_id = r.organization_id and d.id = r.deployment_id
                left join lateral (
                    select id, port, health_path from container_deployments
                    where organization_id = r.organization_id and service_id = r.service_id and id <> r.deployment_id
                      and status = 'running' and removed_at is null and proven_at is not null
                    order by routed_at desc
                    limit 1) standby on true
                left join canaries c on c.organization_id = r.organization_id and c.deployment_id = r.canary_deployment_id
                left join container_deployments cd on cd.organization_id = c.organization_id and cd.id = c.deployment_id
                where r.paused_at is null
                order by r.host
                """).query(Routes::edgeRow).list();
    }

    private static EdgeRow edgeRow(ResultSet row, int number) throws SQLException {
        Optional<String> standby = Optional.ofNullable(row.getString("standby_addresses"));
        int standbyPort = row.getInt("standby_port");
        String standbyHealthPath = row.getString("standby_health_path");
        return new EdgeRow(
                row.getString("host"),
                Column.id(row, "organization_id"),
                Column.id(row, "service_id"),
                Column.id(row, "deployment_id"),
                row.getInt("port"),
                row.getString("health_path"),
                addresses(row.getString("addresses")),
                standby.map(joined -> new EdgeRow.Standby(standbyPort, standbyHealthPath, addresses(joined))),
                canary(row));
    }

    private static Optional<EdgeRow.Part> canary(ResultSet row) throws SQLException {
        Optional<UUID> id = Column.optionalId(row, "canary_id");
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(new EdgeRow.Part(
                        id.get(),
                        row.getInt("canary_weight"),
                        row.getInt("canary_port"),
                        row.getString("canary_health_path"),
                        addresses(row.getString("canary_addresses"))));
    }

    private static List<String> addresses(String joined) {
        return joined.isEmpty() ? List.of() : Arrays.asList(joined.split(","));
    }
}
