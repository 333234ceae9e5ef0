package dev.berth.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a service does next. Pure: the same queue gives the same answer.
 *
 * <p>One operation at a time, oldest first; what waits gives way to a newer one of the same family that waits (newest push
 * wins), and everything that waits gives way to a delete: {@link OperationKind#givesWayTo}.
 */
public final class QueueRule {
    private QueueRule() {}

    /** @param queue the open operations of one service, oldest first */
    public static Decision next(List<Queued> queue) {
        for (Queued queued : queue) {
            if (queued.state() == OperationState.RUNNING) {
                return new Decision(Optional.of(queued.operation()), List.of());
            }
        }
        List<OperationRef> superseded = new ArrayList<>();
        for (int i = 0; i < queue.size(); i++) {
            if (!givesWay(queue.get(i).kind(), queue.subList(i + 1, queue.size()))) {
                return new Decision(Optional.of(queue.get(i).operation()), List.copyOf(superseded));
            }
            superseded.add(queue.get(i).operation());
        }
        return new Decision(Optional.empty(), List.copyOf(superseded));
    }

    private static boolean givesWay(OperationKind kind, List<Queued> newer) {
        for (Queued other : newer) {
            if (kind.givesWayTo(other.kind())) {
                return true;
            }
            // What is to be stopped must have run: a first deploy that was left out would leave the stop nothing to do,
            // and
            // the newer deploy would then start what its owner wanted stopped.
            if (kind.makesDeployment() && other.kind() == OperationKind.STOP) {
                return newer.getLast().kind() == OperationKind.DELETE;
            }
        }
        return false;
    }

    public record Queued(OperationRef operation, OperationKind kind, OperationState state) {}

    /** @param claim what is worked on now; {@code superseded} ends in the same transaction */
    public record Decision(Optional<OperationRef> claim, List<OperationRef> superseded) {}
}
