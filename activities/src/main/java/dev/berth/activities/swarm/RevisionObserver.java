package dev.berth.activities.swarm;

import static dev.berth.domain.FailureCode.CRASHED_ON_START;
import static dev.berth.domain.FailureCode.HOST_REFUSED;
import static dev.berth.domain.FailureCode.IMAGE_NOT_PULLED;
import static dev.berth.domain.FailureCode.NETWORK_FULL;
import static dev.berth.domain.FailureCode.NEVER_HEALTHY;
import static dev.berth.domain.FailureCode.NO_CAPACITY;
import static dev.berth.domain.FailureCode.NO_HOST;
import static dev.berth.domain.FailureCode.NO_SPACE;
import static dev.berth.domain.FailureCode.REVISION_VANISHED;
import static dev.berth.domain.FailureCode.START_COMMAND_NOT_FOUND;

import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the tasks of a new revision say about it, as a pure function. Swarm itself never gives up: a task without an address,
 * without a place or without a healthy answer waits for ever, and one that crashes is replaced for ever.
 *
 * @param replicas how many have to be healthy
 */
public record RevisionObserver(int replicas, ImageDigest digest) {
    /** So many ended tasks are a crash loop; waiting for the deadline would only repeat it. */
    private static final int ENDED_TASKS = 3;
    /** Swarm's allocator needs well under a second; it tells nobody why a task gets no address. */
    private static final Duration ADDRESS_PATIENCE = Duration.ofSeconds(15);
    /** Long enough for the old revision of another service to go and free its place. */
    private static final Duration PLACE_PATIENCE = Duration.ofSeconds(20);

    private static final Pattern EXEC_FAILED =
            Pattern.compile("no such file|not found|permission denied|exec format error");

    /** @param elapsed since somebody began to wait */
    public Observation observe(List<Task> tasks, Duration elapsed) {
        List<Task> healthy = tasks.stream()
                .filter(Task::serves)
                .filter(task -> task.image().endsWith("@" + digest.value()))
                .toList();
        if (healthy.size() >= replicas) {
            return new Healthy(healthy);
        }
        List<Task> ended =
                tasks.stream().filter(task -> task.state().isFailure()).toList();
        if (ended.size() >= ENDED_TASKS) {
            return failed(ended);
        }
        return waitingInVain(tasks, elapsed).orElseGet(() -> new Starting(healthy.size(), doing(tasks)));
    }

    /** Why it is not healthy now that nobody waits any longer; the reason that is nearest to the goal. */
    public Failed atDeadline(List<Task> tasks) {
        List<Task> ended =
                tasks.stream().filter(task -> task.state().isFailure()).toList();
        Optional<Task> alive = tasks.stream()
                .filter(task -> !task.state().isFailure() && task.desired() != TaskState.SHUTDOWN)
                .filter(task -> !task.serves())
                .max(Comparator.comparing(Task::state));
        if (!ended.isEmpty()
                && alive.filter(task -> task.state() == TaskState.STARTING).isEmpty()) {
            return failed(ended);
        }
        return alive.map(task -> new Failed(
                        switch (task.state()) {
                            case NEW -> NETWORK_FULL;
                            case PENDING -> withoutPlace(task);
                            case ASSIGNED, ACCEPTED, PREPARING -> IMAGE_NOT_PULLED;
                            case READY, STARTING, RUNNING -> NEVER_HEALTHY;
                            case COMPLETE, SHUTDOWN, FAILED, REJECTED, REMOVE, ORPHANED -> HOST_REFUSED;
                        },
                        task))
                // Swarm keeps a task for each replica for as long as the service is there.
                .orElseGet(() -> new Failed(tasks.isEmpty() ? REVISION_VANISHED : HOST_REFUSED, Optional.empty()));
    }

    private static Optional<Observation> waitingInVain(List<Task> tasks, Duration elapsed) {
        for (Task task : tasks) {
            if (task.state() == TaskState.NEW && elapsed.compareTo(ADDRESS_PATIENCE) > 0) {
                return Optional.of(new Failed(NETWORK_FULL, task));
            }
            if (task.state() == TaskState.PENDING && !task.error().isEmpty() && elapsed.compareTo(PLACE_PATIENCE) > 0) {
                return Optional.of(new Failed(withoutPlace(task), task));
            }
        }
        return Optional.empty();
    }

    /** What ended tasks say, the last of them. */
    public static Failed failed(List<Task> ended) {
        Task last = ended.stream().max(Comparator.comparing(Task::since)).orElseThrow();
        return new Failed(code(last), last);
    }

    /** Swarm adds up why each host does not do; too little room is the one reason that the app's owner can mend. */
    private static FailureCode withoutPlace(Task task) {
        return task.error().contains("insufficient resources") ? NO_CAPACITY : NO_HOST;
    }

    private static FailureCode code(Task task) {
        String error = task.error().toLowerCase(Locale.ROOT);
        if (error.contains("addresses may be exhausted") || error.contains("no available ip")) {
            return NETWORK_FULL;
        }
        if (error.contains("no space left on device")) {
            return NO_SPACE;
        }
        if (error.contains("exec") && EXEC_FAILED.matcher(error).find()) {
            return START_COMMAND_NOT_FOUND;
        }
        if (task.state() == TaskState.REJECTED) {
            return error.contains("image") || error.contains("manifest") || error.contains("pull")
                    ? IMAGE_NOT_PULLED
                    : HOST_REFUSED;
        }
        if (error.contains("unhealthy")) {
            return NEVER_HEALTHY;
        }
        return error.contains("starting container failed") ? HOST_REFUSED : CRASHED_ON_START;
    }

    /** Where the slowest living task is, for the heartbeat and the timeline. */
    private static String doing(List<Task> tasks) {
        return tasks.stream()
                .filter(task -> task.desired() != TaskState.SHUTDOWN && !task.serves())
                .map(Task::state)
                .filter(state -> !state.isFailure())
                .min(Comparator.naturalOrder())
                .map(state -> state.name().toLowerCase(Locale.ROOT))
                .orElse("restarting");
    }

    /** What was seen. */
    public sealed interface Observation permits Healthy, Starting, Failed {}

    /** Enough replicas run the digest and are healthy. */
    public record Healthy(List<Task> tasks) implements Observation {}

    /** @param doing the state of the slowest task, a word */
    public record Starting(int healthy, String doing) implements Observation {}

    /** @param task the one that shows it best */
    public record Failed(FailureCode code, Optional<Task> task) implements Observation {
        Failed(FailureCode code, Task task) {
            this(code, Optional.of(task));
        }
    }
}
