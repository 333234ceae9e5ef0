package dev.berth.store;

import dev.berth.domain.BuildState;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Wishes that an operation should end. What waits ends at once; what runs is told by its workflow's cancel, which the sweep repeats
 * until it was heard, so a wish that was committed is never lost.
 */
public final class Cancellations {
    private final JdbcClient jdbc;
    private final Operations operations;
    private final Deployments deployments;
    private final Builds builds;

    public Cancellations(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.operations = new Operations(dataSource);
        this.deployments = new Deployments(dataSource);
        this.builds = new Builds(dataSource);
    }

    /**
     * Ends an operation that waits, with its deployment and its build.
     *
     * @return as it is then, for the caller to note in the audit trail at the end of the transaction; empty where it had ended
     */
    public Optional<Operation> endPending(Operation operation) {
        return endPending(operation, Failure.of(FailureCode.CANCELLED, "It was cancelled before it began.", ""));
    }

    /** As {@link #endPending(Operation)}, because somebody decided so. */
    public Optional<Operation> endPending(Operation operation, Failure reason) {
        operation.deployment().filter(_ -> operation.kind().makesDeployment()).ifPresent(deployment -> {
            deployments.fail(deployment, DeploymentState.CANCELLED, reason);
            deployments.markRemoved(deployment);
        });
        operation.build().ifPresent(build -> builds.end(build, BuildState.CANCELLED, reason));
        return operations.end(operation.ref(), OperationState.CANCELLED, Optional.of(reason));
    }

    /** Notes the wish for an operation that runs, or whose deployment is still in its soak. */
    public void request(OperationRef operation) {
        jdbc.sql("""
                update operations set cancel_requested_at = coalesce(cancel_requested_at, now())
                where organization_id = ? and id = ?
                """)
                .params(operation.organizationId(), operation.operationId())
                .update();
    }

    /** As {@link #request}, because a newer operation takes its place. */
    public void requestFor(OperationRef operation, UUID newer) {
        jdbc.sql("""
                update operations
                set cancel_requested_at = coalesce(cancel_requested_at, now()), superseded_by = coalesce(superseded_by, ?)
                where organization_id = ? and id = ? and status = 'running'
                """)
                .params(newer, operation.organizationId(), operation.operationId())
                .update();
    }

    /**
     * Operations whose end is wanted and that have not ended: they run, or their deployment still has its soak before it. By their
     * ids; indexes {@code operations_open} and {@code operations_cancel}. Platform only.
     *
     * @param within how long a wish for a soak stays one
     * @param after the last one of the page before
     */
    public List<Operation> outstanding(Duration within, UUID after, int limit) {
        return jdbc.sql("""
                select o.* from operations o
                where o.cancel_requested_at is not null and o.id > :after
                  and (o.status = 'running'
                       or (o.status = 'succeeded' and o.cancel_requested_at > now() - make_interval(secs => :within)
                           and exists (select from container_deployments d
                                       where d.id = o.deployment_id and d.status = 'running' and d.proven_at is null)))
                order by o.id
                limit :limit
                """)
                .param("within", within.toSeconds())
                .param("after", after)
                .param("limit", limit)
                .query(Operations::map)
                .list();
    }
}
