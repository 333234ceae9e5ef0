package dev.berth.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** @param operations of one organisation as they are now, ended */
    void ended(List<Operation> operations) {
        if (operations.isEmpty()) {
            return;
        }
        Map<UUID, String> names = names(operations);
        audit.append(
                operations.getFirst().organizationId(),
                operations.stream()
                        .map(operation -> AuditEntry.ofEnd(operation, names.getOrDefault(operation.id(), "")))
                        .toList());
    }

    /** Of their services, by operation. A deleted service has its name in the event that asked for the delete. */
    private Map<UUID, String> names(List<Operation> operations) {
        Map<UUID, String> names = new HashMap<>();
        jdbc.sql("""
                select ended.id, coalesce(
                    (select name from container_services where organization_id = ? and id = ended.service_id),
                    (select subject_name from audit_events
                     where chain_id = ? and operation_id = ended.id order by at limit 1),
                    '') as name
                from unnest(?, ?) as ended (id, service_id)
                """)
                .param(operations.getFirst().organizationId())
                .param(operations.getFirst().organizationId())
                .param(operations.stream().map(Operation::id).toArray(UUID[]::new))
                .param(operations.stream().map(Operation::serviceId).toArray(UUID[]::new))
                .query((row, number) -> names.put(Column.id(row, "id"), row.getString("name")))
                .list();
        return names;
    }
}
