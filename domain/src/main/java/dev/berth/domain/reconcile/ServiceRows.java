package dev.berth.domain.reconcile;

import static java.util.Objects.requireNonNull;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One service as its rows say.
 *
 * @param replicas how many are wanted
 * @param current the deployment that serves, by the service's row
 * @param route where the edge leads its host
 * @param deployments those under way or kept
 * @param work what its queue says
 * @param touchedAt when any of these rows was written last, by the database's clock
 */
public record ServiceRows(
        ServiceRef service,
        ServiceState state,
        int replicas,
        Optional<UUID> current,
        Route route,
        List<DeploymentRow> deployments,
        Work work,
        Instant touchedAt) {
    public ServiceRows {
        requireNonNull(service, "service is null");
        requireNonNull(state, "state is null");
        requireNonNull(current, "current is null");
        requireNonNull(touchedAt, "touchedAt is null");
        deployments = List.copyOf(deployments);
    }

    Optional<DeploymentRow> deployment(UUID id) {
        return deployments.stream().filter(row -> row.id().equals(id)).findFirst();
    }

    DeploymentRef ref(UUID deployment) {
        return new DeploymentRef(service.organizationId(), service.serviceId(), deployment);
    }

    /** Where the edge leads a service's host. */
    public sealed interface Route {
        /** Nowhere: the edge does not know the host. */
        record None() implements Route {}

        /** To a page that says that the service is stopped. */
        record Page() implements Route {}

        record To(UUID deployment) implements Route {}
    }

    /**
     * @param open whether an operation is open
     * @param failedRepairs how many repairs in a row failed last
     * @param lastFailure when the last of them did
     */
    public record Work(boolean open, int failedRepairs, Optional<Instant> lastFailure) {
        public static final Work IDLE = new Work(false, 0, Optional.empty());

        public Work {
            if (failedRepairs < 0 || (failedRepairs > 0) != lastFailure.isPresent()) {
                throw new IllegalArgumentException("A failed repair has a time: " + failedRepairs);
            }
        }
    }
}
