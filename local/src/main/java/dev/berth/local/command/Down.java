package dev.berth.local.command;

import dev.berth.local.Folders;
import dev.berth.local.LocalFailure;
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
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
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

    /** Removes what the stack made: its state folder, and on a found engine its services, networks and Swarm. */
    public int purge() throws IOException {
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
        delete(stack.folders().state());
        if (!stack.folders().sockets().startsWith(stack.folders().state())) {
            delete(stack.folders().sockets());
        }
        out.println("Purged. What is left is the cache, " + stack.folders().cache() + ": remove it to free the space.");
        return 0;
    }

    /** Deletes a tree without following links out of it. */
    public static void delete(Path tree) throws IOException {
        if (Files.notExists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path folder, java.io.@org.jspecify.annotations.Nullable IOException e) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Whether there is a stack to stop. */
    public static boolean hasState(Folders folders) {
        return Files.exists(folders.run());
    }
}
