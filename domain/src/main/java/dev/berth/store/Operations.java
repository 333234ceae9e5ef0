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
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The queue of each service, and the answer to what became of a request; all but {@link #waiting} names the organisation. */
public final class Operations {
    private final JdbcClient jdbc;
    private final OperationTrail trail;
    private final BuildSlots slots;
    private final Supersession supersession;

    public Operations(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.trail = new OperationTrail(dataSource);
        this.slots = new BuildSlots(dataSource);
        this.supersession = new Supersession(dataSource);
    }

    /**
     * Call it with the service's row held. The row is as old as its place in the queue: a transaction that began first may have
     * waited longest for the service, and a list by the time of its beginning would show a superseded operation as the newest.
     *
     * @param replicas what a scale asks for, and only a scale
     * @return as it waits now
     * @throws org.springframework.dao.DuplicateKeyException for a second delete while the first is open
     */
    public Operation insert(
            OperationRef operation,
            OperationKind kind,
            Optional<DeploymentRef> deployment,
            Optional<BuildRef> build,
            Optional<Integer> replicas,
            Optional<UUID> requestedBy) {
        return jdbc.sql("""
                insert into operations
                    (id, organization_id, service_id, kind, status, deployment_id, build_id, replicas, requested_by,
                     created_at)
                values (:id, :organization, :service, :kind, 'pending', :deployment, :build, :replicas, :requestedBy,
                        clock_timestamp())
                returning *
                """)
                .param("id", operation.operationId())
                .param("organization", operation.organizationId())
                .param("service", operation.serviceId())
                .param("kind", Column.of(kind))
                .param("deployment", deployment.map(DeploymentRef::deploymentId).orElse(null))
                .param("build", build.map(BuildRef::buildId).orElse(null))
                .param("replicas", replicas.orElse(null))
                .param("requestedBy", requestedBy.orElse(null))
                .query(Operations::map)
                .single();
    }

    public Optional<Operation> find(UUID organizationId, UUID id) {
        return jdbc.sql("select * from operations where organization_id = ? and id = ?")
                .params(organizationId, id)
                .query(Operations::map)
                .optional();
    }

    /** Newest first; index {@code operations_list}. */
    public List<Operation> page(ServiceRef service, Cursor after, int limit) {
        return jdbc.sql("""
                select * from operations
                where organization_id = ? and service_id = ? and (created_at, id) < (?, ?)
                order by created_at desc, id desc
                limit ?
                """)
                .params(service.organizationId(), service.serviceId(), Column.of(after.createdAt()), after.id(), limit)
                .query(Operations::map)
                .list();
    }

    /**
     * Ends the oldest of what the next claim would end. A thousand requests for one service leave a thousand such operations, and
     * whoever ends them all in one transaction, or holds the quota meanwhile as a claim must, keeps everybody else of the organisation
     * waiting until the API has no connection left.
     *
     * @param most how many at once
     * @return whether there may be more
     */
    public boolean supersedeSome(ServiceRef service, int most) {
        List<OperationRef> superseded = QueueRule.next(queued(service)).superseded();
        trail.ended(supersession.end(superseded.stream().limit(most).toList()));
        return superseded.size() > most;
    }

    /**
     * Ends what waits right before the newest and asks for the same. Call it after the quota is held, where it is held at all, as a
     * claim does.
     *
     * @param newest queued in this transaction, with the service's row held
     * @return what it ended, for the caller to note in the audit trail at the end of the transaction
     */
    public List<Operation> supersedeRepeated(OperationRef newest, OperationKind kind) {
        return supersession.endRepeated(newest, kind);
    }

    private List<QueueRule.Queued> queued(ServiceRef service) {
        return jdbc.sql("""
                select id, kind, status,
                """ + Holds.HELD + """
                     as held
                from operations
                where organization_id = ? and service_id = ? and status in ('pending', 'running')
                order by position
                """)
                .params(service.organizationId(), service.serviceId())
                .query((row, number) -> new QueueRule.Queued(
                        new OperationRef(service.organizationId(), service.serviceId(), Column.id(row, "id")),
                        Column.state(row, "kind", OperationKind.class),
                        Column.state(row, "status", OperationState.class),
                        row.getBoolean("held")))
                .list();
    }

    /**
     * Takes what {@link QueueRule} says is next and ends what it supersedes, together with their deployments and builds.
     * Claiming again what an earlier run claimed and did not finish gives it again. A build above the organisation's limit is
     * left where it is, see {@link BuildSlots}.
     */
    public Optional<Operation> claimNext(ServiceRef service) {
        slots.hold(service.organizationId());
        Instant now = Instant.now();
        QueueRule.Decision decision = QueueRule.next(lockOpen(service).stream()
                .map(operation -> new QueueRule.Queued(
                        operation.ref(), operation.kind(), operation.status(), operation.isHeld(now)))
                .toList());
        List<Operation> superseded = supersession.end(decision.superseded());
        Optional<Operation> claimed = decision.claim()
                .filter(next -> slots.admits(next.operationId()))
                .map(this::claim);
        trail.ended(superseded);
        return claimed;
    }

    /** As it is then; what an earlier run claimed is as that run left it. */
    private Operation claim(OperationRef next) {
        jdbc.sql("""
                update operations set status = 'running', started_at = clock_timestamp(), waiting_for = null,
                    waits_until = null,
                    replicas_before = case when kind = 'scale' then
                        (select replicas from container_services
                         where organization_id = operations.organization_id and id = operations.service_id) end
                where organization_id = ? and id = ? and status = 'pending'
                """).params(next.organizationId(), next.operationId()).update();
        return find(next.organizationId(), next.operationId()).orElseThrow();
    }

    /**
     * What waits and what runs, in the order of the queue, with one for each row of neighbours of one kind, whatever runs, and every
     * delete: a request asks where the queue leads, and a thousand deploys lead where one does.
     */
    public List<Operation> outline(ServiceRef service) {
        return jdbc.sql("""
                select * from (
                    select *, lag(kind) over (order by position) as before from operations
                    where organization_id = ? and service_id = ? and status in ('pending', 'running')) open
                where before is distinct from kind or status = 'running' or kind = 'delete'
                order by position
                """)
                .params(service.organizationId(), service.serviceId())
                .query(Operations::map)
                .list();
    }

    /** All that waits and what runs, in the order of the queue, held until the transaction ends. */
    public List<Operation> lockOpen(ServiceRef service) {
        return jdbc.sql("""
                select * from operations
                where organization_id = ? and service_id = ? and status in ('pending', 'running')
                order by position
                for update
                """)
                .params(service.organizationId(), service.serviceId())
                .query(Operations::map)
                .list();
    }

    /**
     * Ends an operation and notes its end in the audit trail of its organisation. One that was cancelled for a newer one ends
     * superseded.
     *
     * @return whether this call ended it; the first end stands
     */
    public boolean finish(OperationRef operation, OperationState end, Optional<Failure> failure) {
        Optional<Operation> ended = end(operation, end, failure);
        trail.ended(ended.stream().toList());
        return ended.isPresent();
    }

    /** As {@link #finish}, for the caller to note. */
    Optional<Operation> end(OperationRef operation, OperationState end, Optional<Failure> failure) {
        if (!end.isTerminal()) {
            throw new IllegalArgumentException("An operation does not end as " + end);
        }
        return jdbc.sql("""
                update operations
                set status = case when :end = 'cancelled' and superseded_by is not null then 'superseded' else :end end,
                    failure = cast(:failure as jsonb), finished_at = now(), waiting_for = null, waits_until = null
                where organization_id = :organization and id = :id and status in ('pending', 'running')
                returning *
                """)
                .param("end", Column.of(end))
                .param("failure", Column.of(failure))
                .param("organization", operation.organizationId())
                .param("id", operation.operationId())
                .query(Operations::map)
                .optional();
    }

    /**
     * The last one that succeeded and decided what serves: what it did may still be watched. By its turn and not by its place in
     * the queue, since what is held at its gates is passed. A deployment that was kept for a start decided nothing: behind it the
     * stop may still be scaling to zero. Index {@code operations_succeeded}.
     */
    public Optional<Operation> lastSucceeded(ServiceRef service) {
        return jdbc.sql("""
                select o.* from operations o
                where o.organization_id = ? and o.service_id = ? and o.status = 'succeeded' and o.kind not in ('delete', 'scale')
                  and not exists (select from container_deployments kept
                                  where kept.id = o.deployment_id and kept.status = 'retired' and kept.routed_at is null)
                order by o.started_at desc, o.id desc
                limit 1
                """)
                .params(service.organizationId(), service.serviceId())
                .query(Operations::map)
                .optional();
    }

    /**
     * Services whose deploy window has opened for an operation that waits for it, and where nothing runs behind which it waits
     * now; index {@code operations_waits_until}. Platform only.
     */
    public List<ServiceRef> due(int limit) {
        return jdbc.sql("""
                select organization_id, service_id from operations due
                where status = 'pending' and waiting_for = 'window' and waits_until <= now()
                  and not exists (
                      select from operations o where o.service_id = due.service_id and o.status = 'running')
                order by waits_until
                limit ?
                """)
                .param(limit)
                .query((row, number) -> new ServiceRef(Column.id(row, "organization_id"), Column.id(row, "service_id")))
                .list();
    }

    /**
     * Services with open operations that nobody touched for a while, but for those that wait for other builds of their
     * organisation to end; index {@code operations_open}. Platform only.
     */
    public List<ServiceRef> waiting(Duration untouched, ServiceRef after, int limit) {
        return jdbc.sql("""
                select distinct organization_id, service_id from operations
                where status in ('pending', 'running') and updated_at < now() - make_interval(secs => :seconds)
                  and (organization_id, service_id) > (:organization, :service)
                  and
                """ + BuildSlots.WORTH_A_LOOK + """
                 order by organization_id, service_id
                limit :limit
                """)
                .param("seconds", untouched.toMillis() / 1000.0)
                .param("organization", after.organizationId())
                .param("service", after.serviceId())
                .param("limit", limit)
                .query((row, number) -> new ServiceRef(Column.id(row, "organization_id"), Column.id(row, "service_id")))
                .list();
    }

    static Operation map(ResultSet row, int number) throws SQLException {
        return new Operation(
                Column.id(row, "id"),
                Column.id(row, "organization_id"),
                Column.id(row, "service_id"),
                Column.state(row, "kind", OperationKind.class),
                Column.state(row, "status", OperationState.class),
                Column.optionalId(row, "deployment_id"),
                Column.optionalId(row, "build_id"),
                Column.optionalInt(row, "replicas"),
                Column.optionalInt(row, "replicas_before"),
                Column.optionalInstant(row, "cancel_requested_at"),
                Optional.ofNullable(row.getString("waiting_for"))
                        .map(word -> Operation.Wait.valueOf(word.toUpperCase(Locale.ROOT))),
                Column.optionalInstant(row, "waits_until"),
                Column.failure(row),
                Column.instant(row, "created_at"),
                Column.optionalInstant(row, "started_at"),
                Column.optionalInstant(row, "finished_at"));
    }
}
