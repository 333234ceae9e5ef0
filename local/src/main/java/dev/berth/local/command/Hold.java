package dev.berth.local.command;

import dev.berth.local.LocalFailure;
import dev.berth.local.parts.Stack;
import dev.berth.local.supervise.Part;
import dev.berth.local.supervise.PartState;
import dev.berth.local.supervise.Pause;
import dev.berth.local.supervise.RunFolder;
import dev.berth.local.supervise.RunRecord;
import java.io.PrintStream;
import java.time.Duration;

/** {@code stop PART} and {@code start PART}: hold one part down and free it again, with or without a running supervisor. */
public final class Hold {
    private static final Duration LIMIT = Duration.ofSeconds(130);

    private final Stack stack;
    private final RunFolder folder;
    private final PrintStream out;

    public Hold(Stack stack, PrintStream out) {
        this.stack = stack;
        this.folder = new RunFolder(stack.folders().run());
        this.out = out;
    }

    /** Returns when the part has ended. */
    public int stop(String name) {
        Part part = part(name);
        folder.hold(name);
        if (folder.supervisor().isPresent()) {
            await(name, PartState.HELD);
        } else {
            RunRecord record = folder.record(name);
            record.identity().ifPresent(part::stop);
            folder.write(record.ended(PartState.HELD, "held; free it with ./berth start " + name));
        }
        out.println(name + " is held; ./berth start " + name + " frees it.");
        return 0;
    }

    /** Returns when the part answers; without a supervisor, the next {@code up} starts it. */
    public int start(String name) {
        part(name);
        folder.free(name);
        if (folder.supervisor().isEmpty()) {
            out.println(name + " is free; ./berth up starts it.");
            return 0;
        }
        await(name, PartState.RUNNING);
        out.println(name + " runs.");
        return 0;
    }

    private Part part(String name) {
        return stack.parts((part, sentence) -> out.println(part + ": " + sentence)).stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new LocalFailure("No part is called '" + name + "'. Parts: " + String.join(", ", Stack.NAMES)));
    }

    private void await(String name, PartState wanted) {
        if (!Pause.until(() -> folder.record(name).state() == wanted, LIMIT)) {
            RunRecord record = folder.record(name);
            throw new LocalFailure(name + " is " + record.state().word() + " after " + LIMIT.toSeconds() + " s"
                    + (record.detail().isEmpty() ? "" : ": " + record.detail()) + ". See ./berth logs " + name);
        }
    }
}
