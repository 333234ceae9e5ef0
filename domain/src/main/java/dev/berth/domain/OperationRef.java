package dev.berth.domain;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** One accepted request to change a service; a row of the queue that the service's workflow works off. */
public record OperationRef(UUID organizationId, UUID serviceId, UUID operationId) implements TenantRef {
    public OperationRef {
        requireNonNull(organizationId, "organizationId is null");
        requireNonNull(serviceId, "serviceId is null");
        requireNonNull(operationId, "operationId is null");
    }
}
