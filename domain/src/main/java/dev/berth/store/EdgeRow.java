package dev.berth.store;

import java.util.List;
import java.util.UUID;

/** A route with all that the edge document needs to know of it. {@code addresses} are sorted. */
public record EdgeRow(
        String host,
        UUID organizationId,
        UUID serviceId,
        UUID deploymentId,
        int port,
        String healthPath,
        List<String> addresses) {}
