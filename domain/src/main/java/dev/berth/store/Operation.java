package dev.berth.store;

import dev.berth.domain.BuildRef;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * One accepted request to change a service, and how it ended.
 *
 * @param replicas what a scale asks for
 * @param replicasBefore what the service had when the scale was claimed
 * @param cancelRequestedAt since when somebody wants it to end
 * @param waitingFor why it is pending though it is next in its queue
 * @param waitsUntil when the deploy window opens that it waits for
 */
public record Operation(
        UUID id,
        UUID organizationId,
        UUID serviceId,
        OperationKind kind,
        OperationState status,
        Optional<UUID> deploymentId,
        Optional<UUID> buildId,
        Optional<Integer> replicas,
        Optional<Integer> replicasBefore,
        Optional<Instant> cancelRequestedAt,
        Optional<Wait> waitingFor,
        Optional<Instant> waitsUntil,
        Optional<Failure> failure,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt) {
    public enum Wait {
        /** The organisation has as many builds under way as it may have. */
        BUILD_SLOT,
        /** It is built, and an admin has to approve it. */
        APPROVAL,
        /** It is built, and may be started when the deploy window opens. */
        WINDOW
    }

    public boolean waitsForApproval() {
        return status == OperationState.PENDING
                && waitingFor.filter(wait -> wait == Wait.APPROVAL).isPresent();
    }

    /** Whether it waits at its service's gates then, and others of its queue pass it. */
    public boolean isHeld(Instant moment) {
        return status == OperationState.PENDING
                && waitingFor
                        .filter(wait -> wait == Wait.APPROVAL
                                || wait == Wait.WINDOW
                                        && waitsUntil.filter(moment::isBefore).isPresent())
                        .isPresent();
    }

    public OperationRef ref() {
        return new OperationRef(organizationId, serviceId, id);
    }

    /** Id of the workflow that carries it out. */
    public String workflowId() {
        return switch (kind) {
            case DEPLOY, REBUILD, RESTART ->
                deployment().map(DeploymentRef::workflowId).orElse("deploy/" + id);
            case START, STOP, SCALE, ROLLBACK, REPAIR, DELETE -> kind.name().toLowerCase(Locale.ROOT) + "/" + id;
        };
    }

    public Optional<DeploymentRef> deployment() {
        return deploymentId.map(deployment -> new DeploymentRef(organizationId, serviceId, deployment));
    }

    public Optional<BuildRef> build() {
        return buildId.map(build -> new BuildRef(organizationId, serviceId, build));
    }
}
