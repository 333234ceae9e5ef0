package dev.berth.store;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.domain.OperationState;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Notes in the audit trail what became of an operation, in the transaction that ends it: together with the event of the request
 * that queued it, it leads from the person to the effect.
 */
final class OperationTrail {
    private final JdbcClient jdbc;
    private final Audit audit;

    OperationTrail(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.audit = new Audit(dataSource);
    }

    /** @param operation as it is now, ended */
    void ended(Operation operation) {
        String kind = Column.of(operation.kind());
        audit.append(
                operation.organizationId(),
                new AuditEntry(
                        new AuditEntry.Actor(
                                AuditEntry.Actor.Kind.OPERATION, Optional.of(operation.id()), kind, Optional.empty()),
                        "service." + kind,
                        new AuditEntry.Subject("service", Optional.of(operation.serviceId()), nameOf(operation)),
                        Optional.of(operation.id()),
                        Optional.of(workflowOf(operation)),
                        operation.status() == OperationState.SUCCEEDED
                                ? AuditEntry.Outcome.SUCCEEDED
                                : AuditEntry.Outcome.FAILED,
                        detail(operation)));
    }

    private static String workflowOf(Operation operation) {
        return switch (operation.kind()) {
            case DEPLOY, REBUILD ->
                operation
                        .deployment()
                        .map(DeploymentRef::workflowId)
                        .orElse(operation.ref().service().workflowId());
            case ROLLBACK -> "rollback/" + operation.id();
            case REPAIR -> "repair/" + operation.id();
            case DELETE -> "delete/" + operation.id();
        };
    }

    /** The failure's code; its sentence and evidence may hold words of the app. */
    private static Map<String, String> detail(Operation operation) {
        Map<String, String> detail = new HashMap<>();
        detail.put("end", Column.of(operation.status()));
        operation
                .failure()
                .map(Failure::code)
                .ifPresent(code -> detail.put("failure", code.name().toLowerCase(Locale.ROOT)));
        operation.deploymentId().map(UUID::toString).ifPresent(id -> detail.put("deployment", id));
        return detail;
    }

    /** A deleted service has its name in the event that asked for the delete. */
    private String nameOf(Operation operation) {
        return jdbc.sql("""
                select coalesce(
                    (select name from container_services where id = :service),
                    (select subject_name from audit_events where operation_id = :operation order by at limit 1),
                    '')
                """)
                .param("service", operation.serviceId())
                .param("operation", operation.id())
                .query(String.class)
                .single();
    }
}
