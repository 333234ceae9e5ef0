package dev.berth.store;

import java.util.UUID;

/** One healthy replica. {@code address} is an IP address in the organisation's network. */
public record Endpoint(UUID deploymentId, UUID organizationId, String taskId, String address) {}
