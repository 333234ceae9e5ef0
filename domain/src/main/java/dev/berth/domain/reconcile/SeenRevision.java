package dev.berth.domain.reconcile;

import static java.util.Objects.requireNonNull;

import dev.berth.domain.DeploymentRef;
import java.time.Instant;
import java.util.Optional;

/**
 * A Swarm service that carries this installation's label.
 *
 * @param id Swarm's own
 * @param deployment what it was made for; empty where labels and name do not prove it
 * @param replicas what it is scaled to
 * @param healthy replicas that take requests
 * @param touchedAt when somebody changed it last, by the manager's clock
 */
public record SeenRevision(
        String id, String name, Optional<DeploymentRef> deployment, int replicas, int healthy, Instant touchedAt) {
    public SeenRevision {
        requireNonNull(deployment, "deployment is null");
        requireNonNull(touchedAt, "touchedAt is null");
        if (replicas < 0 || healthy < 0) {
            throw new IllegalArgumentException("Fewer replicas than none");
        }
    }
}
