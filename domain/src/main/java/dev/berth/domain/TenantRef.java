package dev.berth.domain;

import java.util.UUID;

/**
 * Names one thing of one service of one organisation.
 *
 * <p>Every activity takes one as its first argument: the organisation decides which rows the activity may see, so it travels
 * with the work and is never looked up from an id.
 */
public sealed interface TenantRef permits ServiceRef, OperationRef, DeploymentRef, BuildRef {
    UUID organizationId();

    UUID serviceId();

    default ServiceRef service() {
        return new ServiceRef(organizationId(), serviceId());
    }
}
