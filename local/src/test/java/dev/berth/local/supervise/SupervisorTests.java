package dev.berth.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real child processes. */
final class SupervisorTests {
    /** Whoever waits for it is seen to, also on a slow machine. */
    private static final Backoff PATIENT = new Backoff(Duration.ofSeconds(30), Duration.ofSeconds(60));

    private static final Backoff QUICK = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

    @TempDir
    private Path folder;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private RunFolder run;
    private SleepPart base;
    private SleepPart top;
    private Supervisor supervisor;

    @BeforeEach
    void supervise() {
        run = new RunFolder(folder.resolve("run"));
        base = new SleepPart("base", folder);
        top = new SleepPart("top", folder, "base");
        supervisor = another();
        supervisor.start();
    }

    @AfterEach
    void stop() {
        supervisor.stop();
    }

    private Supervisor another() {
        return another(QUICK);
    }

    private Supervisor another(Backoff backoff) {
        return new Supervisor(List.of(base, top), run, backoff, (part, sentence) -> said.add(part + " " + sentence));
    }

    private void awaitAnother(String part, ProcessIdentity before) {
        await().atMost(Duration.ofSeconds(90))
                .until(() -> run.record(part)
                        .identity()
                        .filter(next -> !next.equals(before) && next.alive())
                        .isPresent());
    }

    private ProcessIdentity running(String part) {
        await().atMost(Duration.ofSeconds(90))
                .until(() -> run.record(part).state() == PartState.RUNNING
                        && run.record(part)
                                .identity()
                                .filter(ProcessIdentity::alive)
                                .isPresent());
        return run.record(part).identity().orElseThrow();
    }

    private void awaitState(String part, PartState state) {
        await().atMost(Duration.ofSeconds(90)).until(() -> run.record(part).state() == state);
    }

    @Test
    void startsAPartOnlyWhenWhatItNeedsAnswers() {
        supervisor.stop();
        base.answering = false;
        supervisor = another();
        supervisor.start();
        awaitState("top", PartState.WAITING);
        awaitState("base", PartState.STARTING);
        base.answering = true;
        running("top");
        assertThat(top.starts).hasValueBetween(1, 2);
    }

    @Test
    void startsADeadPartAnewAndLeavesTheOthersAlone() {
        ProcessIdentity first = running("base");
        ProcessIdentity other = running("top");
        Signals.send("KILL", Long.toString(first.pid()));
        awaitAnother("base", first);
        assertThat(running("top")).isEqualTo(other);
        assertThat(run.record("base").restarts()).isEqualTo(1);
    }

    @Test
    void holdsAPartDownUntilItIsFreed() {
        ProcessIdentity first = running("top");
        run.hold("top");
        awaitState("top", PartState.HELD);
        assertThat(first.alive()).isFalse();
        run.free("top");
        assertThat(running("top")).isNotEqualTo(first);
    }

    @Test
    void startsAFreedPartAtOnceHoweverOftenItFailed() {
        supervisor.stop();
        supervisor = another(PATIENT);
        supervisor.start();
        for (int kill = 0; kill < 5; kill++) {
            Signals.send("KILL", Long.toString(running("top").pid()));
            run.hold("top");
            awaitState("top", PartState.HELD);
            Instant freed = Instant.now();
            run.free("top");
            running("top");
            assertThat(Duration.between(freed, Instant.now())).isLessThan(PATIENT.first());
        }
    }

    @Test
    void whatFellWithAPartThatItNeedsDoesNotWaitAsIfItHadFailed() {
        supervisor.stop();
        Backoff patient = new Backoff(Duration.ofMinutes(5), Duration.ofMinutes(5));
        supervisor =
                new Supervisor(List.of(base, top), run, patient, (part, sentence) -> said.add(part + " " + sentence));
        supervisor.start();
        for (int fall = 0; fall < 3; fall++) {
            ProcessIdentity first = running("top");
            run.hold("base");
            awaitState("base", PartState.HELD);
            Signals.send("KILL", Long.toString(first.pid()));
            run.free("base");
            assertThat(running("top")).isNotEqualTo(first);
        }
        Signals.send("KILL", Long.toString(running("top").pid()));
        await().atMost(Duration.ofSeconds(90)).until(() -> said.contains("top ended by itself"));
        awaitState("top", PartState.BACKING_OFF);
    }

    @Test
    void adoptsWhatAnEarlierSupervisorLeft() {
        ProcessIdentity first = running("base");
        ProcessIdentity second = running("top");
        supervisor.leave();
        assertThat(first.alive()).isTrue();
        supervisor = another();
        supervisor.start();
        await().atMost(Duration.ofSeconds(90)).until(() -> said.contains("top adopted process " + second.pid()));
        assertThat(running("base")).isEqualTo(first);
        assertThat(running("top")).isEqualTo(second);
        assertThat(base.starts).hasValue(1);
    }

    @Test
    void replacesWhatIsNoLongerWhatItShouldBe() {
        ProcessIdentity first = running("base");
        supervisor.leave();
        base.print = "another port";
        supervisor = another();
        supervisor.start();
        await().atMost(Duration.ofSeconds(90)).until(() -> !first.alive());
        assertThat(running("base")).isNotEqualTo(first);
    }

    @Test
    void leavesNoProcessWhenItStops() {
        ProcessIdentity first = running("base");
        ProcessIdentity second = running("top");
        supervisor.stop();
        assertThat(first.alive()).isFalse();
        assertThat(second.alive()).isFalse();
        assertThat(said.indexOf("top stopped")).isLessThan(said.indexOf("base stopped"));
        assertThat(run.record("base").state()).isEqualTo(PartState.STOPPED);
    }

    @Test
    void goesOnWatchingWhileItsRecordsCannotBeWrittenAndWritesThemLater() throws IOException {
        ProcessIdentity first = running("base");
        ProcessIdentity other = running("top");
        Path away = Files.move(folder.resolve("run"), folder.resolve("run-away"));
        Files.writeString(folder.resolve("run"), "no folder");
        Signals.send("KILL", Long.toString(first.pid()));
        await().atMost(Duration.ofSeconds(90)).until(() -> base.starts.get() == 2);
        await().atMost(Duration.ofSeconds(90)).until(() -> count("base answers after") == 2);
        Files.delete(folder.resolve("run"));
        Files.move(away, folder.resolve("run"));
        awaitAnother("base", first);
        assertThat(running("top")).isEqualTo(other);
        assertThat(base.starts).as("nothing was started twice").hasValue(2);
        assertThat(count("base " + folder.resolve("run/base.json") + " cannot be written"))
                .isEqualTo(1);
    }

    @Test
    void goesOnAfterALookThatFailed() {
        running("top");
        top.fault = "the disk is full";
        await().atMost(Duration.ofSeconds(90)).until(() -> count("top could not be looked after") == 1);
        top.fault = "";
        ProcessIdentity first = run.record("top").identity().orElseThrow();
        Signals.send("KILL", Long.toString(first.pid()));
        await().atMost(Duration.ofSeconds(90))
                .until(() -> run.record("top")
                        .identity()
                        .filter(next -> !next.equals(first) && next.alive())
                        .isPresent());
    }

    @Test
    void keepsWhatItStartedThoughItCannotSayWhatItIs() {
        supervisor.stop();
        said.clear();
        top.starts.set(0);
        top.printFault = true;
        supervisor = another();
        supervisor.start();
        await().atMost(Duration.ofSeconds(90)).until(() -> count("top answers after") == 1);
        assertThat(top.starts).hasValue(1);
    }

    private long count(String words) {
        return said.stream().filter(sentence -> sentence.startsWith(words)).count();
    }

    @Test
    void onlyOneSupervisesAFolder() throws IOException {
        var lock = Supervisor.lock(run);
        assertThat(lock).isPresent();
        assertThat(Supervisor.lock(run)).isEqualTo(Optional.empty());
        lock.get().channel().close();
    }
}
