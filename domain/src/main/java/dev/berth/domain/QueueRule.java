package dev.berth.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a service does next. Pure: the same queue gives the same answer.
 *
 * <p>One operation at a time, oldest first; what waits gives way to a newer one of the same family that waits (newest push
 * wins), and everything that waits gives way to a delete: {@link OperationKind#givesWayTo}. What is held at its gates keeps its
 * place, and the others pass it.
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
            Queued queued = queue.get(i);
            if (givesWay(queued.kind(), queue.subList(i + 1, queue.size()))) {
                superseded.add(queued.operation());
            } else if (!queued.held()) {
                return new Decision(Optional.of(queued.operation()), List.copyOf(superseded));
            }
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

    /** @param held whether it waits for a {@link Hold} that is still there */
    public record Queued(OperationRef operation, OperationKind kind, OperationState state, boolean held) {}

    /** @param claim what is worked on now; {@code superseded} ends in the same transaction */
    public record Decision(Optional<OperationRef> claim, List<OperationRef> superseded) {}
}
