package dev.berth.store;

import dev.berth.domain.DeployGates;
import dev.berth.domain.RolloutPolicy;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.domain.TrafficPolicy;
import dev.berth.domain.Volume;
import dev.berth.domain.WindowDraft;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The services of an organisation, which every statement names: a reference to a service of another one finds nothing. */
public final class Services {
    private final JdbcClient jdbc;

    public Services(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** @throws org.springframework.dao.DuplicateKeyException where the slug or the host is taken */
    public void insert(Service service) {
        DeployGates gates = service.rollout().gates();
        jdbc.sql("""
                insert into container_services
                    (id, organization_id, template_id, name, slug, host, git_url, git_branch, replicas, cpu_millis,
                     memory_mb, port, health_path, env, soak_seconds, health_deadline_seconds, on_newer,
                     approval_required, deploy_windows, deploy_window_zone, release_command,
                     release_deadline_seconds, strategy, canary_weight, canary_hold_seconds,
                     canary_max_error_percent, volume_mb, status)
                values
                    (:id, :organization, :template, :name, :slug, :host, :gitUrl, :gitBranch, :replicas, :cpuMillis,
                     :memoryMb, :port, :healthPath, cast(:env as jsonb), :soak, :healthDeadline, :onNewer,
                     :approval, cast(:windows as jsonb), :windowZone, cast(:releaseCommand as jsonb),
                     :releaseDeadline, :strategy, :canaryWeight, :canaryHold,
                     :canaryMaxErrors, :volumeMb, :status)
                """)
                .param("id", service.id())
                .param("organization", service.organizationId())
                .param("template", service.templateId().orElse(null))
                .param("name", service.name())
                .param("slug", service.slug())
                .param("host", service.host())
                .param("gitUrl", service.gitUrl())
                .param("gitBranch", service.gitBranch())
                .param("replicas", service.replicas())
                .param("cpuMillis", service.cpuMillis())
                .param("memoryMb", service.memoryMb())
                .param("port", service.port())
                .param("healthPath", service.healthPath())
                .param("env", Column.json(service.env()))
                .param("soak", service.rollout().soakSeconds().orElse(null))
                .param(
                        "healthDeadline",
                        service.rollout().healthDeadlineSeconds().orElse(null))
                .param("onNewer", Column.of(service.rollout().onNewer()))
                .param("releaseCommand", Column.argv(gates.release()))
                .param("releaseDeadline", gates.releaseDeadlineSeconds().orElse(null))
                .params(gates(service))
                .params(traffic(service))
                .param("volumeMb", service.volume().map(Volume::sizeMb).orElse(null))
                .param("status", Column.of(service.status()))
                .update();
    }

    public Optional<Service> find(ServiceRef service) {
        return jdbc.sql("select * from container_services where organization_id = ? and id = ?")
                .params(service.organizationId(), service.serviceId())
                .query(Services::map)
                .optional();
    }

    /** Finds and holds the row until the transaction ends: one request at a time changes a service or queues work for it. */
    public Optional<Service> lock(ServiceRef service) {
        return jdbc.sql("select * from container_services where organization_id = ? and id = ? for update")
                .params(service.organizationId(), service.serviceId())
                .query(Services::map)
                .optional();
    }

    /** Whether the organisation has the slug already; the platform-wide host is the unique index's business. */
    public boolean hasSlug(UUID organizationId, String slug) {
        return jdbc.sql("select exists (select from container_services where organization_id = ? and slug = ?)")
                .params(organizationId, slug)
                .query(Boolean.class)
                .single();
    }

    /** Newest first; index {@code container_services_list} or {@code container_services_status}. */
    public List<Service> page(UUID organizationId, Filter filter, Cursor after, int limit) {
        return jdbc.sql("""
                select * from container_services
                where organization_id = :organization and (created_at, id) < (:createdAt, :id)
                  and (cast(:status as text) is null or status = :status)
                  and (cast(:template as uuid) is null or template_id = :template)
                  and (cast(:only as uuid) is null or id = :only)
                  and (cast(:search as text) is null or name ilike :search escape '\\' or slug ilike :search escape '\\')
                order by created_at desc, id desc
                limit :limit
                """)
                .param("organization", organizationId)
                .param("createdAt", Column.of(after.createdAt()))
                .param("id", after.id())
                .param("status", filter.status().map(Column::of).orElse(null))
                .param("template", filter.templateId().orElse(null))
                .param("only", filter.only().orElse(null))
                .param("search", filter.search().map(Services::containing).orElse(null))
                .param("limit", limit)
                .query(Services::map)
                .list();
    }

    /**
     * Changes the configuration: name, repository, size, port, health path, environment, replicas, how deployments go, the size of
     * its volume.
     *
     * @return whether the row was still at {@code service.version()}
     */
    public boolean update(Service service) {
        DeployGates gates = service.rollout().gates();
        return jdbc.sql("""
                update container_services
                set name = :name, git_url = :gitUrl, git_branch = :gitBranch, replicas = :replicas,
                    cpu_millis = :cpuMillis, memory_mb = :memoryMb, port = :port, health_path = :healthPath,
                    env = cast(:env as jsonb), soak_seconds = :soak, health_deadline_seconds = :healthDeadline,
                    on_newer = :onNewer, approval_required = :approval, deploy_windows = cast(:windows as jsonb),
                    deploy_window_zone = :windowZone, release_command = cast(:releaseCommand as jsonb),
                    release_deadline_seconds = :releaseDeadline, strategy = :strategy, canary_weight = :canaryWeight,
                    canary_hold_seconds = :canaryHold, canary_max_error_percent = :canaryMaxErrors,
                    volume_mb = :volumeMb, version = version + 1
                where organization_id = :organization and id = :id and version = :version
                """)
                        .param("name", service.name())
                        .param("gitUrl", service.gitUrl())
                        .param("gitBranch", service.gitBranch())
                        .param("replicas", service.replicas())
                        .param("cpuMillis", service.cpuMillis())
                        .param("memoryMb", service.memoryMb())
                        .param("port", service.port())
                        .param("healthPath", service.healthPath())
                        .param("env", Column.json(service.env()))
                        .param("soak", service.rollout().soakSeconds().orElse(null))
                        .param(
                                "healthDeadline",
                                service.rollout().healthDeadlineSeconds().orElse(null))
                        .param("onNewer", Column.of(service.rollout().onNewer()))
                        .param("releaseCommand", Column.argv(gates.release()))
                        .param("releaseDeadline", gates.releaseDeadlineSeconds().orElse(null))
                        .params(gates(service))
                        .params(traffic(service))
                        .param("volumeMb", service.volume().map(Volume::sizeMb).orElse(null))
                        .param("organization", service.organizationId())
                        .param("id", service.id())
                        .param("version", service.version())
                        .update()
                == 1;
    }

    /** Writes what was observed; a service that is being deleted stays so. */
    public void observe(ServiceRef service, ServiceState state) {
        jdbc.sql("""
                update container_services set status = :state
                where organization_id = :organization and id = :id and status not in ('deleting', :state)
                """)
                .param("state", Column.of(state))
                .param("organization", service.organizationId())
                .param("id", service.serviceId())
                .update();
    }

    /** Writes how many replicas are wanted; no change of the configuration that somebody may be editing. */
    public void setReplicas(ServiceRef service, int replicas) {
        jdbc.sql("""
                update container_services set replicas = :replicas
                where organization_id = :organization and id = :id and replicas <> :replicas
                """)
                .param("replicas", replicas)
                .param("organization", service.organizationId())
                .param("id", service.serviceId())
                .update();
    }

    /**
     * Notes where the service's volume is; whoever does so first decides it.
     *
     * @param node Swarm's id of a host
     */
    public void placeVolume(ServiceRef service, String node) {
        jdbc.sql("""
                update container_services set volume_node = :node
                where organization_id = :organization and id = :id and volume_mb is not null and volume_node is null
                """)
                .param("node", node)
                .param("organization", service.organizationId())
                .param("id", service.serviceId())
                .update();
    }

    /** Notes whose route is live; empty where none is. */
    public void setCurrentDeployment(ServiceRef service, Optional<UUID> deploymentId) {
        jdbc.sql("""
                update container_services set current_deployment_id = :deployment
                where organization_id = :organization and id = :id
                """)
                .param("deployment", deploymentId.orElse(null))
                .param("organization", service.organizationId())
                .param("id", service.serviceId())
                .update();
    }

    /** Removes the service with its deployments, builds, logs and route; its operations stay. */
    public void delete(ServiceRef service) {
        jdbc.sql("delete from container_services where organization_id = ? and id = ?")
                .params(service.organizationId(), service.serviceId())
                .update();
    }

    private static Map<String, Object> gates(Service service) {
        DeployGates gates = service.rollout().gates();
        return Map.of(
                "approval", gates.approvalRequired(),
                "windows",
                        Column.json(gates.windows().windows().stream()
                                .map(WindowDraft::of)
                                .toList()),
                "windowZone", gates.windows().zone().getId());
    }

    private static Map<String, Object> traffic(Service service) {
        TrafficPolicy traffic = service.rollout().traffic();
        return Map.of(
                "strategy", Column.of(traffic.strategy()),
                "canaryWeight", traffic.canaryWeight(),
                "canaryHold", traffic.canaryHoldSeconds(),
                "canaryMaxErrors", traffic.canaryMaxErrorPercent());
    }

    private static String containing(String search) {
        return "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    private static Optional<Volume> volume(ResultSet row) throws SQLException {
        Optional<String> node = Optional.ofNullable(row.getString("volume_node"));
        return Column.optionalInt(row, "volume_mb").map(size -> new Volume(size, node));
    }

    private static Service map(ResultSet row, int number) throws SQLException {
        return new Service(
                Column.id(row, "id"),
                Column.id(row, "organization_id"),
                Column.optionalId(row, "template_id"),
                row.getString("name"),
                row.getString("slug"),
                row.getString("host"),
                row.getString("git_url"),
                row.getString("git_branch"),
                row.getInt("replicas"),
                row.getInt("cpu_millis"),
                row.getInt("memory_mb"),
                row.getInt("port"),
                row.getString("health_path"),
                Column.environment(row, "env"),
                new RolloutPolicy(
                        Column.optionalInt(row, "soak_seconds"),
                        Column.optionalInt(row, "health_deadline_seconds"),
                        Column.state(row, "on_newer", RolloutPolicy.OnNewer.class),
                        new DeployGates(
                                row.getBoolean("approval_required"),
                                Column.windows(row),
                                Column.release(row),
                                Column.optionalInt(row, "release_deadline_seconds")),
                        new TrafficPolicy(
                                Column.state(row, "strategy", TrafficPolicy.Strategy.class),
                                row.getInt("canary_weight"),
                                row.getInt("canary_hold_seconds"),
                                row.getInt("canary_max_error_percent"))),
                volume(row),
                Column.state(row, "status", ServiceState.class),
                Column.optionalId(row, "current_deployment_id"),
                row.getLong("version"),
                Column.instant(row, "created_at"),
                Column.instant(row, "updated_at"));
    }

    /**
     * @param search a part of name or slug, in any case
     * @param only the one service that the asker may see
     */
    public record Filter(
            Optional<ServiceState> status, Optional<UUID> templateId, Optional<String> search, Optional<UUID> only) {
        public static final Filter NONE =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
