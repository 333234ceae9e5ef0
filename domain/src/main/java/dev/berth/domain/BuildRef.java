package dev.berth.domain;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** One run of Nix over one source revision. */
public record BuildRef(UUID organizationId, UUID serviceId, UUID buildId) implements TenantRef {
    public BuildRef {
        requireNonNull(organizationId, "organizationId is null");
        requireNonNull(serviceId, "serviceId is null");
        requireNonNull(buildId, "buildId is null");
    }

    /** The id of the workflow that carries it out. */
    public String workflowId() {
        return "build/" + buildId;
    }
}
