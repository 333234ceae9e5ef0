package dev.berth.activities.nix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.testkit.RealPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever ends a build, and however: no process of it survives. */
@RealPart("nix")
class CancellationTests {
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    /** Stands in the command line of the build's own processes, so that they can be found. */
    private final String mark = "berth-test-" + UUID.randomUUID();

    private Builder builder;
    private String derivation;

    @BeforeEach
    void aBuildThatWouldRunForMinutesAndIgnoresSignals() throws IOException {
        builder = Builder.onTheRealStore();
        builder.prefetchPins();
        Path file = Files.writeString(folder.resolve("slow.nix"), """
                { pins, mark }:
                let core = import %s/lib/core.nix { pins = /. + pins; }; in
                core.make "slow" { } "trap '' TERM INT; echo started; (exec sh -c 'sleep 300; : ${mark}') & sh -c 'sleep 301; : ${mark}'"
                """.formatted(Builder.PACKAGE_SET));
        derivation = new Evaluator(builder.store)
                .evaluate(
                        new Evaluator.Expression(
                                file,
                                Map.of("pins", builder.pins().toString(), "mark", mark),
                                List.of(builder.pins(), Builder.PACKAGE_SET)),
                        () -> {});
    }

    @Test
    void aCancelledBuildLeavesNoBuilder() {
        CountDownLatch started = new CountDownLatch(1);

        assertThatThrownBy(() -> new Realiser(builder.store).realise(derivation, line -> note(line, started), () -> {
                    if (started.getCount() == 0) {
                        throw new IllegalStateException("nobody wants it");
                    }
                }))
                .hasMessage("nobody wants it");

        assertThat(started.getCount()).isZero();
        Awaitility.await().atMost(DEADLINE).until(() -> running().isEmpty());
    }

    @Test
    void aBuildEndsWhenTheProcessThatWantedItIsKilled() throws Exception {
        Process worker = anotherJava();
        try {
            Awaitility.await()
                    .atMost(DEADLINE.multipliedBy(2))
                    .until(() -> running().size() >= 2);

            worker.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

            Awaitility.await()
                    .atMost(DEADLINE)
                    .until(() -> running().isEmpty() && clients().isEmpty());
        } finally {
            worker.destroyForcibly();
        }
    }

    @Test
    void aBuildEndsWhenItsClientIsKilled() throws Exception {
        Process worker = anotherJava();
        try {
            Awaitility.await()
                    .atMost(DEADLINE.multipliedBy(2))
                    .until(() -> running().size() >= 2);

            clients().forEach(ProcessHandle::destroyForcibly);

            Awaitility.await().atMost(DEADLINE).until(() -> running().isEmpty());
        } finally {
            worker.destroyForcibly();
        }
    }

    private static void note(String line, CountDownLatch started) {
        if (line.equals("started")) {
            started.countDown();
        }
    }

    /** A Java process of its own that realises the derivation, as a Temporal worker does. */
    private Process anotherJava() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RealiseMain.class.getName(),
                        builder.daemon.root().toString(),
                        derivation)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private List<ProcessHandle> running() {
        return withArgument(mark).toList();
    }

    /** The Nix command, the script that holds it and what they started; not the Java process. */
    private List<ProcessHandle> clients() {
        return withArgument(derivation)
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> !process.info().command().orElse("").endsWith("/java"))
                .toList();
    }

    private static Stream<ProcessHandle> withArgument(String text) {
        return ProcessHandle.allProcesses().filter(process -> {
            try {
                return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                        .contains(text);
            } catch (IOException gone) {
                return false;
            }
        });
    }
}
