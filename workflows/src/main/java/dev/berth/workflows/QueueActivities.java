package dev.berth.workflows;

import dev.berth.domain.BuildRef;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.Failure;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceRef;
import io.temporal.activity.ActivityInterface;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The queue of one service's operations. */
@ActivityInterface
public interface QueueActivities {
    /**
     * Takes the next operation: the one that an earlier run claimed and did not finish, else the oldest that waits. Queued
     * deploys older than a queued newer one end {@code SUPERSEDED} in the same transaction, and an operation that was claimed
     * before and whose deployment has ended meanwhile ends as that did.
     *
     * @return empty when nothing waits
     */
    Optional<Claim> claimNext(ServiceRef service);

    /** Writes how the operation ended; the first end stands. */
    void finishOperation(OperationRef operation, OperationState end, Optional<Failure> failure);

    /**
     * Gives an operation back that is built and held at its service's gates: it waits there, and the rest of the queue passes it.
     * It is claimed again when an admin has approved it or its window has opened, and then carried out once more. Nothing to do
     * for one that has ended meanwhile.
     */
    void giveBack(OperationRef operation, DeploymentRef deployment);

    /**
     * Waits for the end of a workflow that another run of the service's workflow started. Heartbeats; cancellable. Returns
     * also when no such workflow is known any more.
     */
    void awaitWorkflow(ServiceRef service, String workflowId);

    /** Waits for a build that another workflow started, and tells how it ended. Heartbeats; cancellable. */
    BuildWorkflow.Outcome awaitBuild(BuildRef build);

    /**
     * @param deployment what the operation deploys or rolls back to
     * @param build what is to be built first; empty where the deployment has its image
     * @param soaking id of the workflow of the last operation that succeeded: it may still watch what serves
     * @param scale what a scale asks for; null in histories that are older than it
     */
    record Claim(
            OperationRef operation,
            OperationKind kind,
            Optional<DeploymentRef> deployment,
            Optional<BuildRef> build,
            Optional<String> soaking,
            @Nullable Scale scale) {
        public Optional<Scale> wantedScale() {
            return Optional.ofNullable(scale);
        }
    }

    /** @param before what to go back to where {@code replicas} do not get healthy */
    record Scale(int replicas, int before) {}
}
