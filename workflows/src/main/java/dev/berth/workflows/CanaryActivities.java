package dev.berth.workflows;

import dev.berth.domain.DeploymentRef;
import io.temporal.activity.ActivityInterface;
import java.time.Duration;
import java.util.Optional;

/** What a canary does to the world; everything about {@link RolloutActivities} holds here. */
@ActivityInterface
public interface CanaryActivities {
    /**
     * Sends the deployment its part of the traffic and returns once the edge was seen to do so.
     *
     * @return after what time it ends by itself; empty where nothing serves beside it, so that it can be no canary
     */
    Optional<Duration> beginCanary(DeploymentRef deployment);

    /**
     * Watches a canary until something is decided about it or its time is up: takes it back itself where it answers too much with
     * errors or crashes, and asks its operation to end where one waits that {@code endsCanary}. Heartbeats; cancellable.
     */
    void watchCanary(DeploymentRef deployment);

    /**
     * Says what was decided; what nobody decided in its time is decided now. Returns where the deployment is to get all of the traffic.
     * Fails with the reason where it is to get none.
     */
    void settleCanary(DeploymentRef deployment);
}
