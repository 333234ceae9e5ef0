package dev.berth.store;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.domain.reconcile.Finding;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sets rows right. Each holds its service's row, as requests that queue work do, and does nothing once an operation is open: from
 * then on the rows are that one's. What was done stands in the audit trail. Platform only.
 */
public final class DriftRepairs {
    private static final AuditEntry.Actor PLATFORM =
            new AuditEntry.Actor(AuditEntry.Actor.Kind.PLATFORM, Optional.empty(), "reconcile", Optional.empty());

    private final JdbcClient jdbc;
    private final Operations operations;
    private final Audit audit;

    public DriftRepairs(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.operations = new Operations(dataSource);
        this.audit = new Audit(dataSource);
    }

    /** Queues a repair that brings the target back. @return empty where the service has work already, or is gone */
    public Optional<OperationRef> queue(DeploymentRef target, Finding finding) {
        if (!isIdle(target.service())) {
            return Optional.empty();
        }
        OperationRef operation = new OperationRef(target.organizationId(), target.serviceId(), Ids.next());
        operations.insert(
                operation,
                OperationKind.REPAIR,
                Optional.of(target),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        note(
                target.service(),
                "service.repair",
                AuditEntry.Outcome.REQUESTED,
                finding,
                Optional.of(operation.operationId()));
        return Optional.of(operation);
    }

    /** Writes that a deployment without traffic is there no more. */
    public void markRemoved(DeploymentRef deployment, Finding finding) {
        if (!isIdle(deployment.service()) || isRouted(deployment)) {
            return;
        }
        int marked = jdbc.sql("""
                update container_deployments
                set status = 'retired', removed_at = now(), finished_at = coalesce(finished_at, now())
                where organization_id = ? and id = ? and status in ('running', 'retired') and removed_at is null
                """)
                .params(deployment.organizationId(), deployment.deploymentId())
                .update();
        forgetEndpoints(deployment);
        if (marked == 1) {
            note(deployment.service(), finding);
        }
    }

    /** Forgets the published replicas of a deployment without traffic. */
    public void clearEndpoints(DeploymentRef deployment, Finding finding) {
        if (isIdle(deployment.service()) && !isRouted(deployment) && forgetEndpoints(deployment)) {
            note(deployment.service(), finding);
        }
    }

    /** Writes the state that was seen, also of a service that was being deleted by its row. */
    public void observe(ServiceRef service, ServiceState state, Finding finding) {
        if (!isIdle(service)) {
            return;
        }
        int changed = jdbc.sql("""
                update container_services set status = :state
                where organization_id = :organization and id = :id and status <> :state
                """)
                .param("state", Column.of(state))
                .param("organization", service.organizationId())
                .param("id", service.serviceId())
                .update();
        if (changed == 1) {
            note(service, finding);
        }
    }

    /** Notes something done outside the rows. */
    public void note(ServiceRef service, Finding finding) {
        note(service, "service.reconcile", AuditEntry.Outcome.SUCCEEDED, finding, Optional.empty());
    }

    private void note(
            ServiceRef service, String action, AuditEntry.Outcome outcome, Finding finding, Optional<UUID> operation) {
        audit.append(
                service.organizationId(),
                new AuditEntry(
                        PLATFORM,
                        action,
                        new AuditEntry.Subject("service", Optional.of(service.serviceId()), name(service)),
                        operation,
                        operation.map(id -> "repair/" + id),
                        outcome,
                        Map.of(
                                "finding",
                                finding.kind().name().toLowerCase(Locale.ROOT),
                                "subject",
                                finding.subject(),
                                "proof",
                                finding.proof())));
    }

    private boolean isIdle(ServiceRef service) {
        return jdbc.sql("select id from container_services where organization_id = ? and id = ? for update")
                        .params(service.organizationId(), service.serviceId())
                        .query(UUID.class)
                        .optional()
                        .isPresent()
                && jdbc.sql("""
                        select not exists (
                            select from operations
                            where organization_id = ? and service_id = ? and
                        """ + Holds.AT_WORK + ")")
                        .params(service.organizationId(), service.serviceId())
                        .query(Boolean.class)
                        .single();
    }

    private boolean isRouted(DeploymentRef deployment) {
        return jdbc.sql("select exists (select from routes where organization_id = ? and deployment_id = ?)")
                .params(deployment.organizationId(), deployment.deploymentId())
                .query(Boolean.class)
                .single();
    }

    private boolean forgetEndpoints(DeploymentRef deployment) {
        boolean some = jdbc.sql("select exists (select from endpoints where organization_id = ? and deployment_id = ?)")
                .params(deployment.organizationId(), deployment.deploymentId())
                .query(Boolean.class)
                .single();
        // Every statement on this table moves the edge, one that finds nothing, too.
        return some
                && jdbc.sql("delete from endpoints where organization_id = ? and deployment_id = ?")
                                .params(deployment.organizationId(), deployment.deploymentId())
                                .update()
                        > 0;
    }

    private String name(ServiceRef service) {
        return jdbc.sql(
                        "select coalesce((select name from container_services where organization_id = ? and id = ?), '')")
                .params(service.organizationId(), service.serviceId())
                .query(String.class)
                .single();
    }
}
