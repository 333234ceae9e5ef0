package dev.berth.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ProcessIdentityTests {
    private static final String REST = " 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 123456 1000 2000";

    @Test
    void readsTheStartTimeBehindACommandNameWithBlanksAndBrackets() {
        assertThat(ProcessIdentity.startTicks("42 (a) b) (c) S 1" + REST)).contains(123456L);
    }

    @Test
    void aZombieDoesNotRun() {
        assertThat(ProcessIdentity.startTicks("42 (sleep) Z 1" + REST)).isEmpty();
    }

    @Test
    void refusesALineThatIsCutShort() {
        assertThat(ProcessIdentity.startTicks("42 (sleep) S 1 1")).isEmpty();
        assertThat(ProcessIdentity.startTicks("")).isEmpty();
    }

    @Test
    void livesExactlyAsLongAsItsProcess() throws IOException, InterruptedException {
        Process sleep = new ProcessBuilder("sleep", "60").start();
        ProcessIdentity identity = ProcessIdentity.of(sleep.pid()).orElseThrow();
        assertThat(identity.alive()).isTrue();
        sleep.destroyForcibly();
        assertThat(sleep.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(identity.alive()).isFalse();
    }

    @Test
    void anotherProcessOfTheSameNumberIsSomeoneElse() {
        ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
        assertThat(new ProcessIdentity(self.pid(), self.startTicks() + 1, self.boot()).alive())
                .isFalse();
        assertThat(new ProcessIdentity(self.pid(), self.startTicks(), "another boot").alive())
                .isFalse();
    }

    @Test
    void isAdoptedOnlyWhenItIsWhatWouldBeStartedNow() {
        ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
        RunRecord record = RunRecord.none("part").started(self, "print");
        assertThat(record.adoptable(true, "print")).isTrue();
        assertThat(record.adoptable(true, "another print")).isFalse();
        assertThat(record.adoptable(false, "print")).isFalse();
        assertThat(RunRecord.none("part").adoptable(true, "")).isFalse();
    }
}
