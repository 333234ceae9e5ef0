package dev.berth.local.e2e;

import dev.berth.local.supervise.PartState;
import dev.berth.local.supervise.ProcessIdentity;
import dev.berth.local.supervise.RunFolder;
import dev.berth.local.supervise.RunRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The parts of the stack under test, killed as a power cut would and let come back. */
final class Parts {
    private static final Duration RETURN = Duration.ofMinutes(2);
    private static final List<Victim> SUPERVISED = List.of(Victim.values());

    private final RunFolder run = new RunFolder(Path.of(RunningBerth.variable("BERTH_TEST_STATE"), "run"));
    private long edgeBefore;

    /** Returns when it is dead; it stays so until it is let come back, but for the edge, which its engine starts again. */
    void kill(Victim victim) {
        if (victim == Victim.EDGE) {
            edgeBefore = edgeProcess().orElseThrow();
            destroy(edgeBefore);
            return;
        }
        ProcessIdentity process = run.record(victim.part()).identity().orElseThrow();
        destroy(process.pid());
        run.hold(victim.part());
        RunningBerth.await(
                "the end of " + victim.part(),
                RETURN,
                () -> Optional.of(record(victim)).filter(record -> record.state() == PartState.HELD));
    }

    /** Returns when it answers. */
    void letBack(Victim victim) {
        if (victim == Victim.EDGE) {
            RunningBerth.await(
                    "the edge's next process", RETURN, () -> edgeProcess().filter(next -> next != edgeBefore));
            return;
        }
        run.free(victim.part());
        awaitRunning(victim);
    }

    /** Whatever a cell that went wrong left held down comes back. */
    void letAllBack() {
        SUPERVISED.forEach(victim -> run.free(victim.part()));
        SUPERVISED.forEach(this::awaitRunning);
    }

    private void awaitRunning(Victim victim) {
        RunningBerth.await(
                victim.part() + " running again",
                RETURN,
                () -> Optional.of(record(victim))
                        .filter(record -> record.state() == PartState.RUNNING)
                        .filter(record ->
                                record.identity().filter(ProcessIdentity::alive).isPresent()));
    }

    private RunRecord record(Victim victim) {
        return run.record(victim.part());
    }

    private static Optional<Long> edgeProcess() {
        String pid = Launcher.docker(
                "inspect", "--format", "{{.State.Pid}}", RunningBerth.variable("BERTH_TEST_EDGE_CONTAINER"));
        return Optional.of(Long.parseLong(pid)).filter(running -> running > 0);
    }

    private static void destroy(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        RunningBerth.await(
                "the end of process " + pid,
                RETURN,
                () -> Optional.of(pid).filter(id -> ProcessIdentity.of(id).isEmpty()));
    }
}
