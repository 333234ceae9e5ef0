package dev.berth.store;

import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ends operations that newer ones have made needless, with what waited for them. All at once: a thousand requests for one service
 * are ended by as many statements as one.
 */
final class Supersession {
    private final JdbcClient jdbc;
    private final OperationTrail trail;

    Supersession(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.trail = new OperationTrail(dataSource);
    }

    /** @param operations of one organisation; who was cancelled since they were read stays so: the first end stands */
    void end(List<OperationRef> operations) {
        if (operations.isEmpty()) {
            return;
        }
        UUID organization = operations.getFirst().organizationId();
        UUID[] ids = operations.stream().map(OperationRef::operationId).toArray(UUID[]::new);
        clearUp(
                organization,
                jdbc.sql("""
                with ended as (
                    update operations set status = 'superseded', finished_at = now()
                    where organization_id = ? and id = any(?) and status = 'pending'
                    returning *)
                select * from ended order by position
                """)
                        .param(organization)
                        .param(ids)
                        .query(Operations::map)
                        .list());
    }

    /**
     * Ends what waits right before the newest, if it asks for the same. Nothing stands between the two, so it may go at once, whatever
     * comes; and a thousand requests for one service leave no queue of a thousand for each of them to look at.
     */
    void endRepeated(OperationRef newest, OperationKind kind) {
        if (!kind.givesWayTo(kind)) {
            return;
        }
        clearUp(
                newest.organizationId(),
                jdbc.sql("""
                update operations set status = 'superseded', finished_at = now()
                where organization_id = :organization and status = 'pending' and kind = :kind
                  and id = (select id from operations
                            where organization_id = :organization and service_id = :service and id <> :newest
                              and status in ('pending', 'running')
                            order by position desc
                            limit 1)
                returning *
                """)
                        .param("organization", newest.organizationId())
                        .param("service", newest.serviceId())
                        .param("newest", newest.operationId())
                        .param("kind", Column.of(kind))
                        .query(Operations::map)
                        .list());
    }

    private void clearUp(UUID organization, List<Operation> ended) {
        if (ended.isEmpty()) {
            return;
        }
        endDeployments(
                organization,
                ids(ended.stream().filter(it -> it.kind().makesDeployment()).toList(), Operation::deploymentId));
        endBuilds(organization, ids(ended, Operation::buildId));
        trail.ended(ended);
    }

    private void endDeployments(UUID organization, UUID[] ids) {
        jdbc.sql("""
                update container_deployments set status = 'superseded', finished_at = now()
                where organization_id = ? and id = any(?) and status in ('pending', 'building')
                """).param(organization).param(ids).update();
    }

    private void endBuilds(UUID organization, UUID[] ids) {
        jdbc.sql("""
                update container_builds set status = 'cancelled', finished_at = now()
                where organization_id = ? and id = any(?) and status = 'queued'
                """).param(organization).param(ids).update();
    }

    private static UUID[] ids(List<Operation> operations, Function<Operation, Optional<UUID>> id) {
        return operations.stream().map(id).flatMap(Optional::stream).toArray(UUID[]::new);
    }
}
