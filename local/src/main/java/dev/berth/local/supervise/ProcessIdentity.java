package dev.berth.local.supervise;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process of this boot, and no later one with the same number.
 *
 * @param startTicks field 22 of {@code /proc/PID/stat}, see proc_pid_stat(5)
 * @param boot {@code /proc/sys/kernel/random/boot_id}, since ticks count from the boot
 */
public record ProcessIdentity(long pid, long startTicks, String boot) {
    private static final String BOOT =
            read(Path.of("/proc/sys/kernel/random/boot_id")).map(String::strip).orElse("");

    public ProcessIdentity {
        if (pid < 1) {
            throw new IllegalArgumentException("Not a process id: " + pid);
        }
    }

    /** @return empty when no such process runs; a zombie does not run */
    public static Optional<ProcessIdentity> of(long pid) {
        return pid < 1
                ? Optional.empty()
                : read(Path.of("/proc", Long.toString(pid), "stat"))
                        .flatMap(ProcessIdentity::startTicks)
                        .map(ticks -> new ProcessIdentity(pid, ticks, BOOT));
    }

    public boolean alive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /** The command's name may hold blanks and brackets, so the fields are counted from its closing bracket. */
    static Optional<Long> startTicks(String stat) {
        int end = stat.lastIndexOf(')');
        if (end < 0 || end + 2 >= stat.length()) {
            return Optional.empty();
        }
        String[] fields = stat.substring(end + 2).strip().split(" ");
        boolean gone = fields[0].equals("Z") || fields[0].equals("X");
        return gone || fields.length < 20 ? Optional.empty() : Optional.of(Long.valueOf(fields[19]));
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, UTF_8));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
