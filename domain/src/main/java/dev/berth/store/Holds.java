package dev.berth.store;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Hold;
import dev.berth.domain.OperationRef;
import dev.berth.domain.ServiceRef;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Operations that are held at their service's gates: built, given back to the queue, passed by others. Call each with the service's
 * row held, as everything that changes its queue for people.
 */
public final class Holds {
    /** Condition on rows of {@code operations}: somebody works on it, or will without being asked. */
    static final String AT_WORK =
            "status in ('pending', 'running') and coalesce(waiting_for, '') not in ('approval', 'window')";

    /** Whether a row of {@code operations} is held now. */
    static final String HELD =
            "status = 'pending' and coalesce(waiting_for = 'approval' or waits_until > now(), false)";

    private final JdbcClient jdbc;

    public Holds(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Gives an operation that runs back to the queue, where it keeps its place.
     *
     * @param hold what it waits for; empty where that has gone meanwhile, and it is next again
     * @return false for one that does not run, or whose end is wanted
     */
    public boolean giveBack(OperationRef operation, Optional<Hold> hold) {
        return jdbc.sql("""
                        update operations
                        set status = 'pending', started_at = null, waiting_for = :waitingFor, waits_until = :until
                        where organization_id = :organization and id = :id and status = 'running'
                          and cancel_requested_at is null
                        """)
                        .param("waitingFor", hold.map(Holds::word).orElse(null))
                        .param(
                                "until",
                                hold.flatMap(Holds::opening).map(Column::of).orElse(null))
                        .param("organization", operation.organizationId())
                        .param("id", operation.operationId())
                        .update()
                == 1;
    }

    /** Notes who approved the deployment, and lets its operation look at the gates again. */
    public void approve(DeploymentRef deployment, UUID by) {
        jdbc.sql("""
                update container_deployments set approved_at = now(), approved_by = ?
                where organization_id = ? and service_id = ? and id = ? and approved_at is null
                """)
                .params(by, deployment.organizationId(), deployment.serviceId(), deployment.deploymentId())
                .update();
        lookAgain(deployment.service(), deployment.deploymentId());
    }

    /** What is held looks at the gates again, because they have changed. */
    public void lookAgain(ServiceRef service) {
        lookAgain(service, null);
    }

    private void lookAgain(ServiceRef service, @Nullable UUID deployment) {
        jdbc.sql("""
                update operations set waiting_for = null, waits_until = null
                where organization_id = :organization and service_id = :service and status = 'pending'
                  and waiting_for in ('approval', 'window')
                  and (cast(:deployment as uuid) is null or deployment_id = :deployment)
                """)
                .param("organization", service.organizationId())
                .param("service", service.serviceId())
                .param("deployment", deployment)
                .update();
    }

    private static String word(Hold hold) {
        return Column.of(
                switch (hold) {
                    case Hold.Approval _ -> Operation.Wait.APPROVAL;
                    case Hold.Window _ -> Operation.Wait.WINDOW;
                });
    }

    private static Optional<Instant> opening(Hold hold) {
        return hold instanceof Hold.Window(Instant opens) ? Optional.of(opens) : Optional.empty();
    }
}
