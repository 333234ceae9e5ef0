package dev.berth.store;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.domain.canary.CanaryTally;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The part of the traffic that one deployment got first, and what came of it.
 *
 * @param weight percent of the requests
 * @param holdSeconds after which it is promoted by itself; 0 = a person decides
 * @param maxErrorPercent beyond which it is aborted by itself
 * @param beganAt when the edge was seen to send it its part
 * @param endsAt when it ends by itself, one way or the other
 * @param failure why it was aborted
 */
public record Canary(
        UUID deploymentId,
        UUID organizationId,
        UUID serviceId,
        int weight,
        int holdSeconds,
        int maxErrorPercent,
        Optional<Instant> beganAt,
        Optional<Instant> endsAt,
        CanaryTally tally,
        Optional<Decision> decision,
        Optional<Failure> failure) {
    public DeploymentRef ref() {
        return new DeploymentRef(organizationId, serviceId, deploymentId);
    }

    /** Whether it has its part of the traffic, as far as this row knows, and nobody has said what becomes of it. */
    public boolean isOpen() {
        return beganAt.isPresent() && decision.isEmpty();
    }

    public enum Decision {
        PROMOTE,
        ABORT
    }
}
