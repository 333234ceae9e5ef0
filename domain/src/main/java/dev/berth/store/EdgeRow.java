package dev.berth.store;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A route with all that the edge document needs to know of it. Addresses are sorted.
 *
 * @param standby the proven deployment that served before, while it is still warm
 * @param canary what gets a part of the requests
 */
public record EdgeRow(
        String host,
        UUID organizationId,
        UUID serviceId,
        UUID deploymentId,
        int port,
        String healthPath,
        List<String> addresses,
        Optional<Standby> standby,
        Optional<Part> canary) {
    public record Standby(int port, String healthPath, List<String> addresses) {}

    /** @param weight percent of the requests */
    public record Part(UUID deploymentId, int weight, int port, String healthPath, List<String> addresses) {}
}
