package dev.berth.store;

import dev.berth.domain.BuildRef;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.QueueRule;
import dev.berth.domain.ServiceRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The queue of each service, and the answer to what became of a request. */
public final class Operations {
    private final JdbcClient jdbc;
    private final OperationTrail trail;
    private final BuildSlots slots;

    public Operations(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.trail = new OperationTrail(dataSource);
        this.slots = new BuildSlots(dataSource);
    }

    /** @throws org.springframework.dao.DuplicateKeyException for a second delete while the first is open */
    public void insert(
            OperationRef operation,
            OperationKind kind,
            Optional<DeploymentRef> deployment,
            Optional<BuildRef> build,
            Optional<UUID> requestedBy) {
        jdbc.sql("""
                insert into operations
                    (id, organization_id, service_id, kind, status, deployment_id, build_id, requested_by)
                values (:id, :organization, :service, :kind, 'pending', :deployment, :build, :requestedBy)
                """)
                .param("id", operation.operationId())
                .param("organization", operation.organizationId())
                .param("service", operation.serviceId())
                .param("kind", Column.of(kind))
                .param("deployment", deployment.map(DeploymentRef::deploymentId).orElse(null))
                .param("build", build.map(BuildRef::buildId).orElse(null))
                .param("requestedBy", requestedBy.orElse(null))
                .update();
    }

    public Optional<Operation> find(UUID id) {
        return jdbc.sql("select * from operations where id = ?")
                .param(id)
                .query(Operations::map)
                .optional();
    }

    /** Newest first; index {@code operations_list}. */
    public List<Operation> page(UUID serviceId, Cursor after, int limit) {
        return jdbc.sql("""
                select * from operations
                where service_id = ? and (created_at, id) < (?, ?)
                order by created_at desc, id desc
                limit ?
                """)
                .params(serviceId, Column.of(after.createdAt()), after.id(), limit)
                .query(Operations::map)
                .list();
    }

    /**
     * Takes what {@link QueueRule} says is next and ends what it supersedes, together with their deployments and builds.
     * Claiming again what an earlier run claimed and did not finish gives it again. A build above the organisation's limit is
     * left where it is, see {@link BuildSlots}.
     */
    public Optional<Operation> claimNext(ServiceRef service) {
        UUID serviceId = service.serviceId();
        slots.hold(service.organizationId());
        List<Operation> open =
                jdbc.sql("""
                select * from operations
                where service_id = ? and status in ('pending', 'running')
                order by position
                for update
                """).param(serviceId).query(Operations::map).list();
        QueueRule.Decision decision = QueueRule.next(open.stream()
                .map(operation -> new QueueRule.Queued(operation.ref(), operation.kind(), operation.status()))
                .toList());
        decision.superseded().forEach(operation -> supersede(operation.operationId()));
        return decision.claim().filter(next -> slots.admits(next.operationId())).map(claimed -> {
            jdbc.sql("""
                    update operations set status = 'running', started_at = now(), waiting_for = null
                    where id = ? and status = 'pending'
                    """).param(claimed.operationId()).update();
            return find(claimed.operationId()).orElseThrow();
        });
    }

    private void supersede(UUID id) {
        jdbc.sql("""
                update container_deployments set status = 'superseded', finished_at = now()
                where status in ('pending', 'building')
                  and id = (select deployment_id from operations where id = ? and kind in ('deploy', 'rebuild'))
                """).param(id).update();
        jdbc.sql("""
                update container_builds set status = 'cancelled', finished_at = now()
                where status = 'queued' and id = (select build_id from operations where id = ?)
                """).param(id).update();
        jdbc.sql("update operations set status = 'superseded', finished_at = now() where id = ? and status = 'pending'")
                .param(id)
                .update();
        find(id).ifPresent(trail::ended);
    }

    /**
     * Ends an operation and notes its end in the audit trail of its organisation.
     *
     * @return whether this call ended it; the first end stands
     */
    public boolean finish(UUID id, OperationState end, Optional<Failure> failure) {
        if (!end.isTerminal()) {
            throw new IllegalArgumentException("An operation does not end as " + end);
        }
        boolean ended = jdbc.sql("""
                update operations set status = :end, failure = cast(:failure as jsonb), finished_at = now()
                where id = :id and status in ('pending', 'running')
                """)
                        .param("end", Column.of(end))
                        .param("failure", Column.of(failure))
                        .param("id", id)
                        .update()
                == 1;
        if (ended) {
            find(id).ifPresent(trail::ended);
        }
        return ended;
    }

    /** The last one that succeeded: what it did may still be watched. */
    public Optional<Operation> lastSucceeded(UUID serviceId) {
        return jdbc.sql("""
                select * from operations
                where service_id = ? and status = 'succeeded' and kind <> 'delete'
                order by created_at desc, id desc
                limit 1
                """).param(serviceId).query(Operations::map).optional();
    }

    /** Whether something waits behind the operation that runs. */
    public boolean hasPending(UUID serviceId) {
        return jdbc.sql("select exists (select from operations where service_id = ? and status = 'pending')")
                .param(serviceId)
                .query(Boolean.class)
                .single();
    }

    /**
     * Services with open operations that nobody touched for a while, but for those that wait for other builds of their
     * organisation to end; index {@code operations_open}. Platform only.
     */
    public List<ServiceRef> waiting(Duration untouched, int limit) {
        return jdbc.sql("""
                select distinct organization_id, service_id from operations
                where status in ('pending', 'running') and updated_at < now() - make_interval(secs => :seconds)
                  and
                """ + BuildSlots.WORTH_A_LOOK + """
                 order by organization_id, service_id
                limit :limit
                """)
                .param("seconds", untouched.toMillis() / 1000.0)
                .param("limit", limit)
                .query((row, number) -> new ServiceRef(Column.id(row, "organization_id"), Column.id(row, "service_id")))
                .list();
    }

    private static Operation map(ResultSet row, int number) throws SQLException {
        return new Operation(
                Column.id(row, "id"),
                Column.id(row, "organization_id"),
                Column.id(row, "service_id"),
                Column.state(row, "kind", OperationKind.class),
                Column.state(row, "status", OperationState.class),
                Column.optionalId(row, "deployment_id"),
                Column.optionalId(row, "build_id"),
                Optional.ofNullable(row.getString("waiting_for"))
                        .map(word -> Operation.Wait.valueOf(word.toUpperCase(Locale.ROOT))),
                Column.failure(row),
                Column.instant(row, "created_at"),
                Column.optionalInstant(row, "started_at"),
                Column.optionalInstant(row, "finished_at"));
    }
}
