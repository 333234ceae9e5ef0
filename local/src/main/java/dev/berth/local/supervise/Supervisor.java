package dev.berth.local.supervise;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs a list of parts, given in the order in which to start them, until it is stopped or asked to hand over.
 *
 * <p>One supervisor per run folder: a lock file decides, and the kernel frees it with its holder.
 */
public final class Supervisor {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(1);

    private final RunFolder folder;
    private final Narrator narrator;
    private final List<Keeper> keepers;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean leaving;

    public Supervisor(List<Part> parts, RunFolder folder, Backoff backoff, Narrator narrator) {
        this.folder = folder;
        this.narrator = narrator;
        this.keepers = new ArrayList<>();
        for (Part part : parts) {
            keepers.add(new Keeper(part, folder, backoff, narrator, this::answersSince));
        }
    }

    /** @return the lock to keep open while supervising; empty when another supervisor has it */
    public static Optional<FileLock> lock(RunFolder folder) throws IOException {
        Files.createDirectories(folder.lock().getParent());
        FileChannel channel = FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
            if (lock.isEmpty()) {
                channel.close();
            }
            return lock;
        } catch (OverlappingFileLockException held) {
            channel.close();
            return Optional.empty();
        }
    }

    /** Watches from now on; records of an earlier time are corrected before this returns. */
    public void start() {
        keepers.forEach(Keeper::takeOn);
        for (Keeper keeper : keepers) {
            threads.add(
                    Thread.ofPlatform().name("keep-" + keeper.name()).daemon().start(() -> keep(keeper)));
        }
    }

    /** Whatever goes wrong in one look, the next one follows: a part is watched as long as its supervisor runs. */
    private void keep(Keeper keeper) {
        boolean adopted = false;
        String told = "";
        while (!leaving) {
            Duration pause = BETWEEN_LOOKS;
            try {
                if (!adopted) {
                    keeper.adopt();
                    adopted = true;
                }
                keeper.step();
            } catch (RuntimeException e) {
                if (!leaving && !e.toString().equals(told)) {
                    told = e.toString();
                    narrator.say(keeper.name(), "could not be looked after, and will be again: " + told);
                }
                pause = AFTER_A_FAULT;
            }
            Pause.milliseconds(pause.toMillis());
        }
    }

    /** When the part of this name was seen to answer; one that nobody supervises always did. */
    private Optional<Instant> answersSince(String part) {
        return keepers.stream()
                .filter(keeper -> keeper.name().equals(part))
                .findFirst()
                .map(Keeper::answersSince)
                .orElse(Optional.of(Instant.MIN));
    }

    /** Blocks until someone asks for a handover (true) or {@link #stop()} began (false). */
    public boolean awaitHandover() {
        while (!leaving && !folder.handoverAsked()) {
            Pause.milliseconds(BETWEEN_LOOKS.toMillis());
        }
        return !leaving;
    }

    /** Stops watching, and leaves the parts as they are. */
    public void leave() {
        leaving = true;
        for (Thread thread : threads) {
            join(thread, Duration.ofSeconds(130));
        }
    }

    /** Ends the parts in the reverse of the order in which they were given. */
    public void stop() {
        leave();
        for (Keeper keeper : keepers.reversed()) {
            try {
                keeper.stop();
                narrator.say(keeper.name(), "stopped");
            } catch (RuntimeException e) {
                narrator.say(keeper.name(), "could not be stopped: " + e.getMessage());
            }
        }
    }

    private static void join(Thread thread, Duration limit) {
        try {
            thread.interrupt();
            thread.join(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
