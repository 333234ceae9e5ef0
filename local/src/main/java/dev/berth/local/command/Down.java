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
import java.util.Optional;

/** {@code down [--purge]}: ends every process and container of the stack; purged, forgets its data too. */
public final class Down {
    private static final Duration LONGEST_STOP = Duration.ofSeconds(180);

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
        Optional<ProcessIdentity> supervisor = folder.supervisor();
        if (supervisor.isPresent()) {
            out.println("Stopping the parts, the last started first.");
            Signals.send("TERM", Long.toString(supervisor.get().pid()));
            if (!Signals.endedWithin(supervisor.get(), LONGEST_STOP)) {
                throw new LocalFailure(
                        "The supervisor (process " + supervisor.get().pid() + ") does not end; see ./berth logs.");
            }
        }
        Terminal terminal = new Terminal(stack.folders(), out, false);
        // What a killed supervisor left, and a second look at what the ended one did.
        new Supervisor(stack.parts(terminal), folder, Backoff.STANDARD, terminal).stop();
        folder.withdraw();
        out.println("Down. State is kept in " + stack.folders().state() + "; ./berth up continues.");
        return 0;
    }

    /** Removes what the stack made: its state, and on a found engine its services, networks and Swarm. */
    public int purge() throws IOException {
        StateFolder state = new StateFolder(stack.folders());
        state.requirePurgeable();
        stop();
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
            out.println("Kept in " + stack.folders().state() + ", since Berth did not make it: " + String.join(", ", left));
        }
        out.println("Purged. What is left is the cache, " + stack.folders().cache() + ": remove it to free the space.");
        return 0;
    }
}
