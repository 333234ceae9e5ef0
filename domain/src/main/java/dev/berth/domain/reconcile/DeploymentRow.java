package dev.berth.domain.reconcile;

import static java.util.Objects.requireNonNull;

import dev.berth.domain.DeploymentState;
import java.util.UUID;

/**
 * A deployment that is under way or kept, as its row says.
 *
 * @param proven whether it outlived its soak
 * @param endpoints how many replicas are published
 */
public record DeploymentRow(UUID id, DeploymentState state, boolean proven, int endpoints) {
    public DeploymentRow {
        requireNonNull(id, "id is null");
        if (state.isTerminal()) {
            throw new IllegalArgumentException("A deployment that has ended is compared by its trace: " + state);
        }
    }

    boolean isRetained() {
        return state == DeploymentState.RUNNING || state == DeploymentState.RETIRED;
    }
}
