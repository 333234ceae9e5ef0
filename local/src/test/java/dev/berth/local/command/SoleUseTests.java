package dev.berth.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.local.LocalFailure;
import dev.berth.local.supervise.ProcessIdentity;
import dev.berth.local.supervise.RunFolder;
import dev.berth.local.supervise.Supervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever takes a stack down and whoever brings it up do not work on it at once. */
final class SoleUseTests {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path place;

    private final List<ProcessIdentity> ended = new CopyOnWriteArrayList<>();
    private RunFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new RunFolder(place.resolve("run"));
    }

    @Test
    void nobodySupervisesAStackThatIsBeingStopped() throws IOException {
        try (SoleUse use = SoleUse.of(folder, ended::add, LONG)) {
            assertThat(Supervisor.lock(folder)).isEmpty();
        }
        assertThat(ended).isEmpty();
        FileLock free = Supervisor.lock(folder).orElseThrow();
        free.channel().close();
    }

    @Test
    void oneThatHasJustBegunIsWaitedForAndEnded() throws Exception {
        ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
        FileLock beginning = Supervisor.lock(folder).orElseThrow();
        Thread begun = Thread.ofPlatform().start(() -> {
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            folder.announce(self, "jars", "settings");
        });
        try (SoleUse use = SoleUse.of(folder, supervisor -> end(supervisor, beginning), LONG)) {
            assertThat(ended).containsExactly(self);
        }
        begun.join();
    }

    private void end(ProcessIdentity supervisor, FileLock lock) {
        ended.add(supervisor);
        folder.withdraw();
        try {
            lock.channel().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void oneThatNeverSaysWhoItIsEndsTheWaitWithASentence() throws IOException {
        FileLock holder = Supervisor.lock(folder).orElseThrow();
        assertThatExceptionOfType(LocalFailure.class)
                .isThrownBy(() -> SoleUse.of(folder, ended::add, Duration.ofMillis(300)))
                .withMessageContaining("Another ./berth");
        holder.channel().close();
    }
}
