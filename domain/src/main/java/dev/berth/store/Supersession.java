package dev.berth.store;

import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ends operations that newer ones have made needless, with what waited for them. All at once: a thousand requests for one service
 * are ended by as many statements as one. What it ends is to be noted in the audit trail, when nothing else is left to write.
 */
final class Supersession {
    private final JdbcClient jdbc;

    Supersession(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** @param operations of one organisation; who was cancelled since they were read stays so: the first end stands */
    List<Operation> end(List<OperationRef> operations) {
        if (operations.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(statement("id = any(:ids)"))
                .param("organization", operations.getFirst().organizationId())
                .param("ids", operations.stream().map(OperationRef::operationId).toArray(UUID[]::new))
                .query(Operations::map)
                .list();
    }

    /**
     * Ends what waits right before the newest, if it asks for the same. Nothing stands between the two, so it may go at once, whatever
     * comes; and a thousand requests for one service leave no queue of a thousand for each of them to look at.
     */
    List<Operation> endRepeated(OperationRef newest, OperationKind kind) {
        if (!kind.givesWayTo(kind)) {
            return List.of();
        }
        return jdbc.sql(statement("""
                kind = :kind and id = (
                    select id from operations
                    where organization_id = :organization and service_id = :service and id <> :newest
                      and status in ('pending', 'running')
                    order by position desc
                    limit 1)
                """))
                .param("organization", newest.organizationId())
                .param("service", newest.serviceId())
                .param("newest", newest.operationId())
                .param("kind", Column.of(kind))
                .query(Operations::map)
                .list();
    }

    /** Ends them with their deployments and builds in one statement, and gives the operations as they are then. */
    private static String statement(String which) {
        return """
                with ended as (
                    update operations
                    set status = 'superseded', finished_at = now(), waiting_for = null, waits_until = null
                    where organization_id = :organization and status = 'pending' and %s
                    returning *),
                deployments as (
                    update container_deployments set status = 'superseded', finished_at = now(), removed_at = now()
                    where organization_id = :organization and status in ('pending', 'building')
                      and id in (select deployment_id from ended where kind in ('deploy', 'rebuild', 'restart'))),
                builds as (
                    update container_builds set status = 'cancelled', finished_at = now()
                    where organization_id = :organization and status = 'queued' and id in (select build_id from ended))
                select * from ended order by position
                """.formatted(which);
    }
}
