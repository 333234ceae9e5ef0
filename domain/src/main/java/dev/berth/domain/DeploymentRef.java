package dev.berth.domain;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** One attempt to run one image with one configuration. */
public record DeploymentRef(UUID organizationId, UUID serviceId, UUID deploymentId) implements TenantRef {
    public DeploymentRef {
        requireNonNull(organizationId, "organizationId is null");
        requireNonNull(serviceId, "serviceId is null");
        requireNonNull(deploymentId, "deploymentId is null");
    }

    /** The id of the workflow that carries it out. */
    public String workflowId() {
        return "deploy/" + deploymentId;
    }
}
