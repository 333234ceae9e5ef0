package dev.berth.local.install;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds programs and runs short commands, always with a deadline. */
public final class Programs {
    /** Where administrators' programs are, which are not on every PATH. */
    private static final List<String> ALSO = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    private Programs() {}

    public static Optional<Path> find(String program) {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)), ALSO.stream())
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    public static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** @param output standard output and error, mixed */
    public record Result(int exit, String output) {
        public boolean succeeded() {
            return exit == 0;
        }
    }

    /** Runs to the end or to the limit; past it the command is killed and the exit status is 124. */
    public static Result run(Duration limit, Map<String, String> additions, List<String> command) throws IOException {
        Path output = Files.createTempFile("berth", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(output.toFile());
            builder.environment().putAll(additions);
            Process process = builder.start();
            try {
                if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    return new Result(process.exitValue(), Files.readString(output));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            return new Result(124, Files.readString(output) + "\nended after " + limit.toSeconds() + " s");
        } finally {
            Files.deleteIfExists(output);
        }
    }

    public static Result run(Duration limit, String... command) throws IOException {
        return run(limit, Map.of(), List.of(command));
    }
}
