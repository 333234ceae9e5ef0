package dev.berth.local.command;

import dev.berth.local.LocalFailure;
import dev.berth.local.parts.Stack;
import dev.berth.local.supervise.Backoff;
import dev.berth.local.supervise.Pause;
import dev.berth.local.supervise.ProcessIdentity;
import dev.berth.local.supervise.RunFolder;
import dev.berth.local.supervise.Supervisor;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The supervisor's process, in the foreground or behind {@code up -d}: until a signal ends it, or a successor asks. */
final class Supervision {
    private final Stack stack;
    private final RunFolder folder;
    private final Terminal terminal;
    private final boolean showLogs;

    Supervision(Stack stack, RunFolder folder, Terminal terminal, boolean showLogs) {
        this.stack = stack;
        this.folder = folder;
        this.terminal = terminal;
        this.showLogs = showLogs;
    }

    /** Returns after a handover only; a signal ends the process from its shutdown hook, when all parts have stopped. */
    void run() throws IOException {
        Optional<FileLock> lock = Supervisor.lock(folder);
        if (lock.isEmpty()) {
            throw new LocalFailure("Another ./berth supervises or stops this stack right now; see ./berth status.");
        }
        ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
        folder.withdraw();
        Supervisor supervisor = new Supervisor(stack.parts(terminal), folder, Backoff.STANDARD, terminal);
        AtomicBoolean handedOver = new AtomicBoolean();
        Thread end = new Thread(() -> {
            if (!handedOver.get()) {
                terminal.say("berth", "stopping");
                supervisor.stop();
                folder.withdraw();
                terminal.say("berth", "stopped; ./berth up continues where it was");
            }
        });
        Runtime.getRuntime().addShutdownHook(end);
        Thread.ofPlatform().daemon().name("logs").start(this::followLogs);
        supervisor.start();
        folder.announce(self, stack.folders().jars().toString(), stack.settings());
        if (!supervisor.awaitHandover()) {
            // The shutdown hook is at work, holds the lock, and ends the process.
            return;
        }
        handedOver.set(true);
        supervisor.leave();
        folder.withdraw();
        terminal.say("berth", "handed over; the parts run on");
        lock.get().channel().close();
    }

    private void followLogs() {
        LogStream logs = new LogStream(stack.folders());
        try {
            logs.skipPresent();
        } catch (IOException e) {
            terminal.say("berth", "the log files cannot be read: " + e.getMessage());
        }
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (showLogs) {
                    logs.drain((part, line) -> {
                        if (!part.equals(Terminal.OWN_LOG)) {
                            terminal.print(part, line);
                        }
                    });
                }
                logs.bound();
            } catch (IOException vanished) {
                // down --purge removes the folder under us; the next look finds what there is.
            }
            Pause.milliseconds(300);
        }
    }
}
