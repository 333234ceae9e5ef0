package dev.berth.local.command;

import dev.berth.local.Folders;
import dev.berth.local.LocalFailure;
import dev.berth.local.parts.Stack;
import dev.berth.local.supervise.PartState;
import dev.berth.local.supervise.Pause;
import dev.berth.local.supervise.ProcessIdentity;
import dev.berth.local.supervise.RunFolder;
import dev.berth.local.supervise.RunRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Waits until every part is where it will be: running, held, or unavailable for a reason. */
final class Readiness {
    /** So many failures in a row are not a slow start. */
    private static final int HOPELESS = 4;

    private final Folders folders;
    private final RunFolder folder;
    private final Map<String, String> told = new HashMap<>();

    Readiness(Folders folders, RunFolder folder) {
        this.folders = folders;
        this.folder = folder;
    }

    /** As {@link #await}, with a line for each part that settles or fails on the way. */
    void await(Duration limit, Consumer<String> progress) throws IOException {
        await(limit, () -> tell(progress));
    }

    /** @throws LocalFailure naming the parts that are not ready by then, or when their supervisor ended */
    void await(Duration limit) throws IOException {
        await(limit, () -> {});
    }

    private void await(Duration limit, Runnable look) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!unsettled().isEmpty()) {
            if (folder.supervisor().isEmpty()) {
                throw new LocalFailure(
                        "The supervisor ended:\n" + String.join("\n", LogStream.tail(folders, Terminal.OWN_LOG, 15)));
            }
            if (System.nanoTime() > deadline) {
                throw new LocalFailure("Not ready after " + limit.toSeconds() + " s: "
                        + String.join(
                                "; ",
                                unsettled().stream().map(Readiness::sentence).toList())
                        + "\nSee ./berth logs PART.");
            }
            look.run();
            Pause.milliseconds(100);
        }
        look.run();
    }

    private void tell(Consumer<String> progress) {
        for (String name : Stack.NAMES) {
            RunRecord record = folder.record(name);
            boolean worthTelling = record.state() == PartState.BACKING_OFF || settled(record);
            String sentence = sentence(record);
            if (worthTelling && !sentence.equals(told.put(name, sentence))) {
                progress.accept("  " + sentence);
            }
        }
    }

    /** What does not run and will not by waiting, each with its reason. */
    List<String> broken() {
        return Stack.NAMES.stream()
                .map(folder::record)
                .filter(record -> record.state() == PartState.UNAVAILABLE
                        || (record.state() == PartState.BACKING_OFF && record.restarts() >= HOPELESS))
                .map(Readiness::sentence)
                .toList();
    }

    private List<RunRecord> unsettled() {
        return Stack.NAMES.stream()
                .map(folder::record)
                .filter(record -> !settled(record))
                .toList();
    }

    private boolean settled(RunRecord record) {
        return switch (record.state()) {
            case RUNNING -> record.identity().filter(ProcessIdentity::alive).isPresent();
            case HELD, UNAVAILABLE -> true;
            // What it waits for will not come by itself.
            case WAITING -> !broken().isEmpty() && onlyWaitingIsLeft();
            case BACKING_OFF -> record.restarts() >= HOPELESS;
            case STARTING, STOPPED -> false;
        };
    }

    private boolean onlyWaitingIsLeft() {
        return Stack.NAMES.stream()
                .map(folder::record)
                .allMatch(record -> record.state() == PartState.WAITING || settled(record));
    }

    private static String sentence(RunRecord record) {
        return record.part() + " is " + record.state().word()
                + (record.detail().isEmpty() ? "" : ": " + record.detail());
    }
}
