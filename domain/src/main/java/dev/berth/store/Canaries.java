package dev.berth.store;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.domain.TrafficPolicy;
import dev.berth.domain.canary.CanaryTally;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deployments that got, or are to get, a part of the traffic first; every statement names the organisation. Whether the part
 * is sent is the route's to say, {@link Routes#split}.
 */
public final class Canaries {
    private final JdbcClient jdbc;

    public Canaries(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Notes that the deployment is to be a canary; the numbers of the first call stand. */
    public void plan(DeploymentRef deployment, TrafficPolicy traffic) {
        jdbc.sql("""
                insert into canaries
                    (deployment_id, organization_id, service_id, weight, hold_seconds, max_error_percent)
                values (?, ?, ?, ?, ?, ?)
                on conflict (deployment_id) do nothing
                """)
                .params(
                        deployment.deploymentId(),
                        deployment.organizationId(),
                        deployment.serviceId(),
                        traffic.canaryWeight(),
                        traffic.canaryHoldSeconds(),
                        traffic.canaryMaxErrorPercent())
                .update();
    }

    public Optional<Canary> find(DeploymentRef deployment) {
        return jdbc.sql("select * from canaries where organization_id = ? and service_id = ? and deployment_id = ?")
                .params(deployment.organizationId(), deployment.serviceId(), deployment.deploymentId())
                .query(Canaries::map)
                .optional();
    }

    /** Of these deployments, those that are or were canaries. */
    public List<Canary> ofAll(UUID organizationId, List<UUID> deployments) {
        if (deployments.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(
                        "select * from canaries where organization_id = :organization and deployment_id in (:deployments)")
                .param("organization", organizationId)
                .param("deployments", deployments)
                .query(Canaries::map)
                .list();
    }

    /**
     * Notes that the edge was seen to send the canary its part; the first time stands.
     *
     * @param longest when it ends where a person decides
     */
    public void begin(DeploymentRef deployment, Duration longest) {
        jdbc.sql("""
                update canaries
                set began_at = now(),
                    ends_at = now() + make_interval(secs => case when hold_seconds = 0 then ? else hold_seconds end)
                where organization_id = ? and service_id = ? and deployment_id = ? and began_at is null
                """)
                .params(
                        longest.toSeconds(),
                        deployment.organizationId(),
                        deployment.serviceId(),
                        deployment.deploymentId())
                .update();
    }

    /** Writes what was counted; what was counted before the decision is what was decided upon. */
    public void count(DeploymentRef deployment, CanaryTally tally) {
        jdbc.sql("""
                update canaries set requests = ?, errors = ?, edge_requests = ?, edge_errors = ?
                where organization_id = ? and service_id = ? and deployment_id = ? and decision is null
                """)
                .params(
                        tally.requests(),
                        tally.errors(),
                        tally.seen().requests(),
                        tally.seen().errors(),
                        deployment.organizationId(),
                        deployment.serviceId(),
                        deployment.deploymentId())
                .update();
    }

    /**
     * All of the traffic is to go to the deployment.
     *
     * @param by who says so; empty for its time being up
     * @return false where it has not begun, or somebody has decided already
     */
    public boolean promote(DeploymentRef deployment, Optional<UUID> by) {
        return decide(deployment, Canary.Decision.PROMOTE, by, Optional.empty());
    }

    /** None of it is to. As {@link #promote}, with the reason. */
    public boolean abort(DeploymentRef deployment, Optional<UUID> by, Failure reason) {
        return decide(deployment, Canary.Decision.ABORT, by, Optional.of(reason));
    }

    private boolean decide(
            DeploymentRef deployment, Canary.Decision decision, Optional<UUID> by, Optional<Failure> reason) {
        return jdbc.sql("""
                update canaries
                set decision = :decision, decided_by = :by, decided_at = now(), failure = cast(:failure as jsonb)
                where organization_id = :organization and service_id = :service and deployment_id = :deployment
                  and began_at is not null and decision is null
                """)
                        .param("decision", Column.of(decision))
                        .param("by", by.orElse(null))
                        .param("failure", Column.of(reason))
                        .param("organization", deployment.organizationId())
                        .param("service", deployment.serviceId())
                        .param("deployment", deployment.deploymentId())
                        .update()
                == 1;
    }

    private static Canary map(ResultSet row, int number) throws SQLException {
        return new Canary(
                Column.id(row, "deployment_id"),
                Column.id(row, "organization_id"),
                Column.id(row, "service_id"),
                row.getInt("weight"),
                row.getInt("hold_seconds"),
                row.getInt("max_error_percent"),
                Column.optionalInstant(row, "began_at"),
                Column.optionalInstant(row, "ends_at"),
                new CanaryTally(
                        row.getLong("requests"),
                        row.getLong("errors"),
                        new CanaryTally.Counters(row.getLong("edge_requests"), row.getLong("edge_errors"))),
                row.getString("decision") == null
                        ? Optional.empty()
                        : Optional.of(Column.state(row, "decision", Canary.Decision.class)),
                Column.failure(row));
    }
}
