package dev.berth.activities.firewall;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs one of the packet filter's commands: a list of arguments, no shell, a deadline. */
final class Tool {
    /** They wait for one another's lock, and an engine that makes networks holds it for a while. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final List<String> FOLDERS = List.of("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin", "/bin");

    private Tool() {}

    static Optional<Path> find(String name) {
        return Stream.concat(
                        FOLDERS.stream(),
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @return standard output */
    static String run(String name, String input, String... arguments) {
        Path program = find(name)
                .orElseThrow(
                        () -> new FirewallException(
                                name + " is not installed on this host; "
                                        + "without it nothing keeps containers from the host's own ports. Install the package iptables."));
        try {
            Path given = Files.createTempFile("berth-firewall", ".in");
            Path said = Files.createTempFile("berth-firewall", ".out");
            Path complaint = Files.createTempFile("berth-firewall", ".err");
            try {
                Files.writeString(given, input);
                Process process = new ProcessBuilder(Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                                .toList())
                        .redirectInput(given.toFile())
                        .redirectOutput(said.toFile())
                        .redirectError(complaint.toFile())
                        .start();
                if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    throw new FirewallException(name + " did not end within " + LIMIT.toSeconds() + " s");
                }
                if (process.exitValue() != 0) {
                    throw new FirewallException(
                            name + " failed: " + Files.readString(complaint).strip());
                }
                return Files.readString(said, StandardCharsets.UTF_8);
            } finally {
                for (Path file : List.of(given, said, complaint)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new FirewallException(name + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FirewallException("Interrupted while " + name + " ran", e);
        }
    }
}
