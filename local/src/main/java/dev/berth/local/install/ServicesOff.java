package dev.berth.local.install;

import dev.berth.local.supervise.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The file that keeps Debian from starting the services of what is installed (invoke-rc.d(8)), for as long as this is open. It
 * says who made it: left behind, it would keep every later service of the machine off, so whoever comes next removes it. One
 * that an administrator made is left alone.
 */
final class ServicesOff implements AutoCloseable {
    private static final String MARK = "# made by ./berth for one installation, process ";

    private final Path policy;
    private final boolean ours;
    private final Thread atExit = new Thread(this::remove);

    private ServicesOff(Path policy, boolean ours) {
        this.policy = policy;
        this.ours = ours;
    }

    /** @param policy {@code /usr/sbin/policy-rc.d} */
    static ServicesOff during(Path policy) throws IOException {
        removeLeftBehind(policy);
        ServicesOff off = new ServicesOff(policy, Files.notExists(policy));
        if (off.ours) {
            Files.writeString(policy, "#!/bin/sh\n" + MARK + own() + "\nexit 101\n", StandardOpenOption.CREATE_NEW);
            // For Ctrl-C; what is left a moment earlier is known to the next run by its mark.
            Runtime.getRuntime().addShutdownHook(off.atExit);
            Files.setPosixFilePermissions(policy, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return off;
    }

    /** Removes the file of a process of ours that has ended. */
    static void removeLeftBehind(Path policy) throws IOException {
        if (Files.notExists(policy)) {
            return;
        }
        Optional<String> maker = Files.readString(policy, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.startsWith(MARK))
                .map(line -> line.substring(MARK.length()))
                .findFirst();
        if (maker.filter(words -> !runs(words)).isPresent()) {
            Files.deleteIfExists(policy);
        }
    }

    private static boolean runs(String maker) {
        try {
            return ProcessIdentity.of(Long.parseLong(maker.split(" ")[0]))
                    .map(ServicesOff::words)
                    .filter(maker::equals)
                    .isPresent();
        } catch (NumberFormatException cutShort) {
            return false;
        }
    }

    private static String own() {
        return words(ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow());
    }

    private static String words(ProcessIdentity process) {
        return process.pid() + " " + process.startTicks() + " " + process.boot();
    }

    private void remove() {
        try {
            Files.deleteIfExists(policy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (ours) {
            remove();
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException exiting) {
                // The hook runs, and finds nothing to remove.
            }
        }
    }
}
