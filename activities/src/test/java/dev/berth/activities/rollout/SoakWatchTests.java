package dev.berth.activities.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.activities.swarm.Task;
import dev.berth.activities.swarm.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class SoakWatchTests {
    private static final Instant ROUTED = Instant.ofEpochSecond(100);

    @Test
    void oneOfSeveralReplicasMayEndAndIsReplaced() {
        assertThat(SoakWatch.verdict(List.of(serving(), ended("a", 101)), ROUTED))
                .isEmpty();
    }

    @Test
    void aSecondEndIsACrashLoop() {
        Task last = ended("b", 103);
        assertThat(SoakWatch.verdict(List.of(last, serving(), ended("a", 101)), ROUTED))
                .contains(last);
    }

    @Test
    void anEndThatLeavesNobodyHealthyIsEnough() {
        Task only = ended("a", 101);
        assertThat(SoakWatch.verdict(List.of(only), ROUTED)).contains(only);
    }

    @Test
    void whatEndedBeforeTheTrafficCameDoesNotCount() {
        assertThat(SoakWatch.verdict(List.of(ended("a", 99), ended("b", 98)), ROUTED))
                .isEmpty();
        assertThat(SoakWatch.verdict(List.of(), ROUTED))
                .as("a lost host is not the app's doing")
                .isEmpty();
    }

    private static Task serving() {
        return task("s", TaskState.RUNNING, TaskState.RUNNING, 90);
    }

    private static Task ended(String id, long at) {
        return task(id, TaskState.FAILED, TaskState.SHUTDOWN, at);
    }

    private static Task task(String id, TaskState state, TaskState desired, long at) {
        return new Task(
                id,
                "s1",
                state,
                desired,
                Instant.ofEpochSecond(at),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                "",
                "a@sha256:b",
                List.of());
    }
}
