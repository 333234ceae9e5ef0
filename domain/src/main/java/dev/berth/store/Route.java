package dev.berth.store;

import java.util.Optional;
import java.util.UUID;

/**
 * Where a host's traffic goes.
 *
 * @param deploymentId what answers; empty for the page of a stopped service
 * @param canaryId what gets its part of the traffic beside it
 */
public record Route(
        UUID serviceId, UUID organizationId, String host, Optional<UUID> deploymentId, Optional<UUID> canaryId) {}
