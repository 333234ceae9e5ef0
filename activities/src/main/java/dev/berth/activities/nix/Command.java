package dev.berth.activities.nix;

import static java.util.Objects.requireNonNull;

import dev.berth.activities.Pulse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One run of a program that must not outlive whoever wanted it: it ends at its deadline, when the pulse says that nobody wants
 * it, and when this Java process is killed ({@code hold.sh}).
 *
 * @param words program and arguments; no shell reads them
 * @param environment all of it; nothing is inherited
 * @param limit wall-clock time
 * @param graceSeconds between SIGTERM and SIGKILL; 0 for programs that ignore the former
 */
record Command(List<String> words, Map<String, String> environment, Path folder, Duration limit, int graceSeconds) {
    private static final String HOLD = readHold();
    private static final long PULSE_MILLIS = 250;
    private static final int LONGEST_LINE = 1 << 20;

    Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
        requireNonNull(folder, "folder is null");
        requireNonNull(limit, "limit is null");
    }

    static Command of(List<String> words, Map<String, String> environment) {
        return new Command(words, environment, Path.of("/"), Duration.ofMinutes(2), 5);
    }

    Command within(Duration limit) {
        return new Command(words, environment, folder, limit, graceSeconds);
    }

    Command in(Path folder) {
        return new Command(words, environment, folder, limit, graceSeconds);
    }

    Command killedAtOnce() {
        return new Command(words, environment, folder, limit, 0);
    }

    /** How a run ended. */
    sealed interface End {
        record Exited(int code) implements End {}

        /** Its time was up. */
        record OutOfTime() implements End {}
    }

    /** The end of a run with all that it printed; for programs that print little. */
    record Ran(End end, List<String> output, List<String> errors) {
        boolean succeeded() {
            return end instanceof End.Exited(int code) && code == 0;
        }

        String says() {
            return String.join("\n", errors.isEmpty() ? output : errors);
        }
    }

    Ran run(Pulse pulse) {
        List<String> output = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        End end = run(output::add, errors::add, pulse);
        return new Ran(end, output, errors);
    }

    /**
     * Returns once the program and the threads that read it have ended, also when the pulse throws.
     *
     * @param output takes each line of standard output, on a thread of its own; {@code errors} likewise
     */
    End run(Consumer<String> output, Consumer<String> errors, Pulse pulse) {
        Process process = start();
        Thread reader = read(process.getInputStream(), output);
        Thread errorReader = read(process.getErrorStream(), errors);
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!process.waitFor(PULSE_MILLIS, TimeUnit.MILLISECONDS)) {
                pulse.beat();
                if (System.nanoTime() > deadline) {
                    return new End.OutOfTime();
                }
            }
            // Before anything is destroyed: that would close the pipes and lose what is still in them.
            join(reader);
            join(errorReader);
            return new End.Exited(process.exitValue());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + words.getFirst() + " ran", interrupted);
        } finally {
            end(process);
            join(reader);
            join(errorReader);
        }
    }

    private Process start() {
        List<String> held = Stream.concat(
                        Stream.of("/bin/sh", "-c", HOLD, "hold.sh", Integer.toString(graceSeconds)), words.stream())
                .toList();
        ProcessBuilder builder = new ProcessBuilder(held).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException missing) {
            throw new UncheckedIOException("Cannot start " + words.getFirst(), missing);
        }
    }

    private void end(Process process) {
        boolean interrupted = Thread.interrupted();
        process.destroy();
        try {
            if (!process.waitFor(graceSeconds + 5L, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            // Closes the held pipe, which ends whatever the script may have left.
            process.getOutputStream().close();
        } catch (InterruptedException again) {
            interrupted = true;
        } catch (IOException alreadyClosed) {
            // It is gone: that is what was wanted.
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread read(InputStream stream, Consumer<String> lines) {
        return Thread.ofVirtual().start(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                StringBuilder line = new StringBuilder();
                for (int read = reader.read(); read >= 0; read = reader.read()) {
                    if (read == '\n') {
                        lines.accept(line.toString());
                        line.setLength(0);
                    } else if (line.length() < LONGEST_LINE) {
                        line.append((char) read);
                    }
                }
                if (!line.isEmpty()) {
                    lines.accept(line.toString());
                }
            } catch (IOException closed) {
                // The program ended while it was being read.
            }
        });
    }

    private static void join(Thread reader) {
        try {
            reader.join(Duration.ofSeconds(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String readHold() {
        try (InputStream script = Command.class.getResourceAsStream("hold.sh")) {
            return new String(requireNonNull(script, "hold.sh is missing").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
