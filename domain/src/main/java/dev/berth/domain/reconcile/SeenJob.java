package dev.berth.domain.reconcile;

import static java.util.Objects.requireNonNull;

import dev.berth.domain.DeploymentRef;
import java.time.Instant;

/**
 * A one-off task of this installation, which is there only while its deployment is under way.
 *
 * @param touchedAt when somebody changed it last, by the manager's clock
 */
public record SeenJob(DeploymentRef deployment, Instant touchedAt) {
    public SeenJob {
        requireNonNull(deployment, "deployment is null");
        requireNonNull(touchedAt, "touchedAt is null");
    }
}
