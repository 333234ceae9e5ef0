package dev.berth.local.command;

import dev.berth.local.LocalFailure;
import dev.berth.local.StateFolder;
import dev.berth.local.engine.EngineChoice;
import dev.berth.local.engine.FoundEngine;
import dev.berth.local.parts.Stack;
import dev.berth.local.supervise.Backoff;
import dev.berth.local.supervise.ProcessIdentity;
import dev.berth.local.supervise.RunFolder;
import dev.berth.local.supervise.Signals;
import dev.berth.local.supervise.Supervisor;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** {@code down [--purge]}: ends every process and container of the stack; purged, forgets its data too. */
public final class Down {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(180);
    /** From a supervisor's first moment until it says who it is. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private final Stack stack;
    private final RunFolder folder;
    private final PrintStream out;

    public Down(Stack stack, PrintStream out) {
        this.stack = stack;
        this.folder = new RunFolder(stack.folders().run());
        this.out = out;
    }

    /** Keeps the data; {@code ./berth up} continues where it was. */
    public int stop() throws IOException {
        try (SoleUse use = soleUse()) {
            stopParts();
        }
        return 0;
    }

    private SoleUse soleUse() throws IOException {
        return SoleUse.of(folder, this::end, LONGEST_SILENCE);
    }

    private void end(ProcessIdentity supervisor) {
        out.println("Stopping the parts, the last started first.");
        Signals.send("TERM", Long.toString(supervisor.pid()));
        if (!Signals.endedWithin(supervisor, LONGEST_STOP)) {
            throw new LocalFailure("The supervisor (process " + supervisor.pid() + ") does not end; see ./berth logs.");
        }
    }

    private void stopParts() {
        Terminal terminal = new Terminal(stack.folders(), out, false);
        // What a killed supervisor left, and a second look at what the ended one did.
        new Supervisor(stack.parts(terminal), folder, Backoff.STANDARD, terminal).stop();
        folder.withdraw();
        out.println("Down. State is kept in " + stack.folders().state() + "; ./berth up continues.");
    }

    /** Removes what the stack made: its state, and on a found engine its services, networks and Swarm. */
    public int purge() throws IOException {
        StateFolder state = new StateFolder(stack.folders());
        state.requirePurgeable();
        try (SoleUse use = soleUse()) {
            stopParts();
            remove(state);
        }
        out.println("Purged. What is left is the cache, " + stack.folders().cache() + ": remove it to free the space.");
        return 0;
    }

    private void remove(StateFolder state) throws IOException {
        EngineChoice choice = stack.engine();
        if (!choice.own()) {
            new FoundEngine(
                            choice,
                            stack.folders(),
                            stack.keys().instance(),
                            stack.caller(),
                            new Terminal(stack.folders(), out, true))
                    .purge();
        }
        if (!stack.folders().sockets().startsWith(stack.folders().state())) {
            StateFolder.delete(stack.folders().sockets());
        }
        List<String> left = state.purge();
        if (!left.isEmpty()) {
            out.println(
                    "Kept in " + stack.folders().state() + ", since Berth did not make it: " + String.join(", ", left));
        }
    }
}
