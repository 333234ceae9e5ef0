package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code ./berth} for the stack under test, as an operator types it. */
final class Launcher {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();

    private Launcher() {}

    static String berth(String... arguments) {
        List<String> command = new ArrayList<>(List.of(HOUSE.resolve("berth").toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Docker's own command on the engine of the stack under test. */
    static String docker(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("docker", "--host", "unix://" + RunningBerth.variable("BERTH_TEST_DOCKER")));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static String run(List<String> command) {
        Ended ended = end(command);
        assertThat(ended.code()).as("%s: %s", command, ended.output()).isZero();
        return ended.output();
    }

    private record Ended(int code, String output) {}

    private static Ended end(List<String> command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(HOUSE.toFile()).redirectErrorStream(true);
            builder.environment().put("BERTH_STATE", RunningBerth.variable("BERTH_TEST_STATE"));
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .as("end of %s", command)
                    .isTrue();
            return new Ended(process.exitValue(), output.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The status of a stack with a part down is an answer too, and its exit code says so. */
    static JsonNode part(String name) {
        List<String> command = List.of(HOUSE.resolve("berth").toString(), "status", "--json");
        try {
            for (JsonNode part : JSON.readTree(end(command).output()).get("parts")) {
                if (part.get("name").asText().equals(name)) {
                    return part;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("./berth status knows no part " + name);
    }

    /** Kills the part's process as a power cut would, and returns once the supervisor has another one running. */
    static void killAndAwaitReturn(String name) {
        long pid = part(name).get("pid").asLong();
        assertThat(ProcessHandle.of(pid)).isPresent();
        run(List.of("kill", "-9", Long.toString(pid)));
        awaitRunning(name, pid);
    }

    static void awaitRunning(String name, long exceptPid) {
        RunningBerth.await(
                name + " running again",
                Duration.ofMinutes(2),
                () -> Optional.of(part(name))
                        .filter(part -> part.get("state").asText().equals("running"))
                        .filter(part -> part.get("pid").asLong() != exceptPid));
    }
}
