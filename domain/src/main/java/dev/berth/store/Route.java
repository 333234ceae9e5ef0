package dev.berth.store;

import java.util.Optional;
import java.util.UUID;

/**
 * Where a host's traffic goes.
 *
 * @param deploymentId what answers; empty for the page of a stopped service
 * @param canaryId what gets its part of the traffic beside it
 * @param paused whether the edge answers in place of the deployment, which is being ended for its successor
 */
public record Route(
        UUID serviceId,
        UUID organizationId,
        String host,
        Optional<UUID> deploymentId,
        Optional<UUID> canaryId,
        boolean paused) {}
