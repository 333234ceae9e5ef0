package dev.berth.workflows;

import static java.util.Map.entry;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.Priority;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Map;

/**
 * How long each activity may take, where it runs, and how it is tried again: once for all workflows.
 *
 * <p>An attempt ends with its start-to-close timeout, or earlier with a missing heartbeat when its Temporal worker died: those of
 * five minutes and less have their heartbeats from the process, the longer ones from themselves. Trying again ends with the
 * schedule-to-close timeout. That one is long enough to sit out a part that is being restarted and, on the build queue, other
 * people's builds.
 */
final class ActivityStubs {
    private static final Duration MISSING_HEARTBEAT = Duration.ofSeconds(10);

    /** Rows, Swarm, the edge: seconds. */
    private static final ActivityOptions SHORT = options(Duration.ofSeconds(45), Duration.ofMinutes(15));

    /** Removing many things: minutes. */
    private static final ActivityOptions CLEARING = options(Duration.ofMinutes(5), Duration.ofHours(1));

    /** What leaves a lie behind when it is given up: a day of trying. */
    private static final ActivityOptions CERTAIN = options(Duration.ofMinutes(2), Duration.ofDays(1));

    /** Waits for others and says that it lives: for an hour, the longest that a service's settings allow, and some more. */
    private static final ActivityOptions WATCHING = ActivityOptions.newBuilder(
                    options(Duration.ofMinutes(70), Duration.ofHours(3)))
            .setTaskQueue(TaskQueues.WATCH)
            .build();

    /** Only looks, so nothing can race with it and nobody waits until it has noticed that it was cancelled. */
    private static final ActivityOptions LOOKING = ActivityOptions.newBuilder(WATCHING)
            .setCancellationType(ActivityCancellationType.TRY_CANCEL)
            .build();

    /** As {@link #LOOKING}, for as long as a canary may take and some more. */
    private static final ActivityOptions LOOKING_FOR_A_DAY = ActivityOptions.newBuilder(LOOKING)
            .setStartToCloseTimeout(Duration.ofHours(25))
            .setScheduleToCloseTimeout(Duration.ofHours(26))
            .build();

    private static final ActivityOptions AWAITING_A_WORKFLOW = ActivityOptions.newBuilder(
                    options(Duration.ofDays(1), Duration.ofDays(2)))
            .setTaskQueue(TaskQueues.WATCH)
            .setCancellationType(ActivityCancellationType.TRY_CANCEL)
            .build();

    private static final ActivityOptions BUILDING = ActivityOptions.newBuilder(
                    options(Duration.ofHours(1), Duration.ofHours(6)))
            .setTaskQueue(TaskQueues.BUILD)
            .build();

    /** On the builder's disk, and before everything that waits for its processors: an end frees what a beginning needs. */
    private static final ActivityOptions TIDYING = ActivityOptions.newBuilder(
                    options(Duration.ofMinutes(5), Duration.ofDays(1)))
            .setTaskQueue(TaskQueues.BUILD)
            .setPriority(Priority.newBuilder().setPriorityKey(1).build())
            .build();

    private ActivityStubs() {}

    static QueueActivities queue() {
        return Workflow.newActivityStub(
                QueueActivities.class,
                CERTAIN,
                Map.of("AwaitWorkflow", AWAITING_A_WORKFLOW, "AwaitBuild", AWAITING_A_WORKFLOW));
    }

    static RolloutActivities rollout() {
        return Workflow.newActivityStub(
                RolloutActivities.class,
                SHORT,
                Map.ofEntries(
                        entry("RunRelease", WATCHING),
                        entry("AwaitHealthy", WATCHING),
                        entry("WatchSoak", LOOKING),
                        entry("ShowStopped", CERTAIN),
                        entry("StopRevisions", CERTAIN),
                        entry("Resize", CERTAIN),
                        entry("RetirePredecessors", CLEARING),
                        entry("RouteBack", CERTAIN),
                        entry("Withdraw", CERTAIN),
                        entry("ReleaseRevision", CERTAIN),
                        entry("RemoveRoute", CERTAIN),
                        entry("RemoveRevisions", CERTAIN),
                        entry("RemoveImages", CERTAIN),
                        entry("ForgetService", CERTAIN)));
    }

    static CanaryActivities canary() {
        return Workflow.newActivityStub(CanaryActivities.class, SHORT, Map.of("WatchCanary", LOOKING_FOR_A_DAY));
    }

    /** Naming a commit needs no disk, so a deploy of what is built already waits for nobody's build. */
    static SourceActivities source() {
        return Workflow.newActivityStub(
                SourceActivities.class, BUILDING, Map.of("ResolveCommit", SHORT, "DiscardWorkspace", TIDYING));
    }

    static NixActivities nix() {
        return Workflow.newActivityStub(NixActivities.class, BUILDING);
    }

    static ImageActivities images() {
        return Workflow.newActivityStub(
                ImageActivities.class, BUILDING, Map.of("FinishBuild", SHORT, "AbandonBuild", TIDYING));
    }

    private static ActivityOptions options(Duration attempt, Duration together) {
        return ActivityOptions.newBuilder()
                .setTaskQueue(TaskQueues.CORE)
                .setStartToCloseTimeout(attempt)
                .setScheduleToCloseTimeout(together)
                .setHeartbeatTimeout(MISSING_HEARTBEAT)
                // What undoes an effect must not race with it.
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofMillis(500))
                        .setBackoffCoefficient(2)
                        .setMaximumInterval(Duration.ofSeconds(15))
                        .build())
                .build();
    }
}
