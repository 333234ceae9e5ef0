package dev.berth.domain;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** One service. */
public record ServiceRef(UUID organizationId, UUID serviceId) implements TenantRef {
    public ServiceRef {
        requireNonNull(organizationId, "organizationId is null");
        requireNonNull(serviceId, "serviceId is null");
    }

    /** The id of the workflow that works its operations off, one at a time. */
    public String workflowId() {
        return "service/" + serviceId;
    }
}
