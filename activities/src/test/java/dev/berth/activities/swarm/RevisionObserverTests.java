package dev.berth.activities.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.activities.swarm.RevisionObserver.Failed;
import dev.berth.activities.swarm.RevisionObserver.Healthy;
import dev.berth.activities.swarm.RevisionObserver.Observation;
import dev.berth.activities.swarm.RevisionObserver.Starting;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RevisionObserverTests {
    private static final ImageDigest DIGEST = new ImageDigest("sha256:" + "a".repeat(64));
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LATE = Duration.ofSeconds(60);

    private final RevisionObserver observer = new RevisionObserver(2, DIGEST);

    @Test
    void itIsHealthyWhenEveryReplicaServesTheDigest() {
        List<Task> both = List.of(task(TaskState.RUNNING, ""), task(TaskState.RUNNING, ""));
        assertThat(observer.observe(both, SOON)).isEqualTo(new Healthy(both));
        assertThat(observer.observe(both.subList(0, 1), LATE)).isEqualTo(new Starting(1, "restarting"));
    }

    @Test
    void aReplicaOfAnotherDigestOrOneThatIsStoppingDoesNotCount() {
        Task stopping = with(TaskState.RUNNING, TaskState.SHUTDOWN, "", DIGEST, OptionalInt.empty());
        Task other = with(
                TaskState.RUNNING,
                TaskState.RUNNING,
                "",
                new ImageDigest("sha256:" + "b".repeat(64)),
                OptionalInt.empty());
        assertThat(observer.observe(List.of(stopping, other, task(TaskState.RUNNING, "")), SOON))
                .isInstanceOf(Starting.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FAILED   | task: non-zero exit (1)                                   | CRASHED_ON_START",
                "COMPLETE |                                                           | CRASHED_ON_START",
                "FAILED   | starting container failed: exec: no such file              | START_COMMAND_NOT_FOUND",
                "FAILED   | starting container failed: cgroup is busy                  | HOST_REFUSED",
                "REJECTED | mkdir /var/lib/docker/overlay2/1: no space left on device  | NO_SPACE",
                "FAILED   | task: non-zero exit (137): dockerexec: unhealthy container | NEVER_HEALTHY",
                "REJECTED | No such image: 127.0.0.1:5000/a/b@sha256:aa                | IMAGE_NOT_PULLED",
                "REJECTED | invalid mount config                                       | HOST_REFUSED",
                "REJECTED | node is missing network attachments, ip addresses may be exhausted | NETWORK_FULL",
            })
    void threeTasksThatEndAreEnoughToSayWhy(TaskState state, String error, FailureCode code) {
        Task ended = task(state, Optional.ofNullable(error).orElse(""));
        assertThat(observer.observe(Collections.nCopies(2, ended), SOON)).isInstanceOf(Starting.class);
        assertThat(failed(observer.observe(Collections.nCopies(3, ended), SOON)).code())
                .isEqualTo(code);
    }

    @Test
    void aTaskWithoutAnAddressWaitsForEverSoNobodyElseDoes() {
        List<Task> tasks = List.of(task(TaskState.NEW, ""));
        assertThat(observer.observe(tasks, SOON)).isEqualTo(new Starting(0, "new"));
        assertThat(failed(observer.observe(tasks, LATE)).code()).isEqualTo(FailureCode.NETWORK_FULL);
    }

    @Test
    void aTaskWithoutAPlaceIsGivenUpOnceSwarmSaidWhy() {
        assertThat(observer.observe(List.of(task(TaskState.PENDING, "")), LATE)).isInstanceOf(Starting.class);
        List<Task> tasks = List.of(task(TaskState.PENDING, "no suitable node (insufficient resources on 1 node)"));
        assertThat(observer.observe(tasks, SOON)).isInstanceOf(Starting.class);
        Failed failed = failed(observer.observe(tasks, LATE));
        assertThat(new FailureWords(8080, "/", 256)
                        .of(failed, TaskEvidence.NONE)
                        .sentence())
                .contains("insufficient resources on 1 node");
    }

    @ParameterizedTest
    @CsvSource({
        "NEW, NETWORK_FULL",
        "PENDING, NO_HOST",
        "PREPARING, IMAGE_NOT_PULLED",
        "STARTING, NEVER_HEALTHY",
    })
    void atTheDeadlineTheReasonIsWhereItStands(TaskState state, FailureCode code) {
        assertThat(observer.atDeadline(List.of(task(state, ""))).code()).isEqualTo(code);
    }

    @Test
    void atTheDeadlineACrashIsTheReasonWhereNothingStarts() {
        List<Task> tasks = List.of(task(TaskState.FAILED, "task: non-zero exit (1)"), task(TaskState.READY, ""));
        assertThat(observer.atDeadline(tasks).code()).isEqualTo(FailureCode.CRASHED_ON_START);
        assertThat(observer.atDeadline(List.of()).code()).isEqualTo(FailureCode.REVISION_VANISHED);
    }

    @Test
    void aProbeThatWasRefusedMeansThatNothingListens() {
        Failed failed = observer.atDeadline(List.of(task(TaskState.STARTING, "")));
        FailureWords words = new FailureWords(3000, "/up", 256);
        Failure closed =
                words.of(failed, new TaskEvidence("ready", "dial tcp 127.0.0.1:3000: Connection refused", false));
        assertThat(closed.code()).isEqualTo(FailureCode.PORT_NOT_OPENED);
        assertThat(closed.sentence()).contains("3000");
        Failure sick = words.of(failed, new TaskEvidence("ready", "GET /up answered 500", false));
        assertThat(sick.code()).isEqualTo(FailureCode.NEVER_HEALTHY);
        assertThat(sick.evidence()).contains("ready", "answered 500");
    }

    @Test
    void anAppThatTheKernelKilledForItsMemoryIsToldItsLimit() {
        Task killed = with(TaskState.FAILED, TaskState.SHUTDOWN, "exit", DIGEST, OptionalInt.of(137));
        Failed failed = new Failed(FailureCode.CRASHED_ON_START, killed);
        FailureWords words = new FailureWords(8080, "/", 256);
        assertThat(words.of(failed, new TaskEvidence("", "", true)).code())
                .isEqualTo(FailureCode.OUT_OF_MEMORY_ON_START);
        assertThat(words.of(failed, TaskEvidence.NONE).sentence()).contains("256 MB");
    }

    @Test
    void aLogStreamIsUnwrappedAndABrokenOneNeverFails() {
        byte[] frames = {1, 0, 0, 0, 0, 0, 0, 3, 'o', 'n', '\n', 2, 0, 0, 0, 0, 0, 0, 4, 'e', 'r', 'r', '\n'};
        assertThat(TaskEvidence.text(frames)).isEqualTo("on\nerr");
        assertThat(TaskEvidence.text(java.util.Arrays.copyOf(frames, 14))).isEqualTo("on");
        assertThat(TaskEvidence.text(new byte[] {1, 0, 0, 0, -1, -1, -1, -1, 'x'}))
                .isEmpty();
    }

    @Test
    void theLowerApiVersionIsSpoken() {
        assertThat(ApiVersion.parse("1.41").atMost(ApiVersion.OURS)).hasToString("1.41");
        assertThat(ApiVersion.parse("1.99").atMost(ApiVersion.OURS)).isEqualTo(ApiVersion.OURS);
    }

    private static Failed failed(Observation observation) {
        return (Failed) observation;
    }

    private static Task task(TaskState state, String error) {
        TaskState desired = state.isFailure() ? TaskState.SHUTDOWN : TaskState.RUNNING;
        return with(state, desired, error, DIGEST, state.isFailure() ? OptionalInt.of(1) : OptionalInt.empty());
    }

    private static Task with(TaskState state, TaskState desired, String error, ImageDigest digest, OptionalInt exit) {
        return new Task(
                "t1",
                "s1",
                state,
                desired,
                Instant.EPOCH,
                Optional.of("n1"),
                Optional.empty(),
                exit,
                error,
                "127.0.0.1:5000/a/b@" + digest.value(),
                List.of("10.0.1.3"));
    }
}
