package dev.berth.store;

import java.util.UUID;

/** Which deployment a host's traffic goes to. */
public record Route(UUID serviceId, UUID organizationId, String host, UUID deploymentId) {}
