package dev.berth.local.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that keeps services off outlives an installation. */
final class ServicesOffTests {
    @TempDir
    private Path folder;

    private Path policy;

    @BeforeEach
    void name() {
        policy = folder.resolve("policy-rc.d");
    }

    @Test
    void servicesAreOffExactlyAsLongAsItIsOpen() throws IOException {
        try (ServicesOff off = ServicesOff.during(policy)) {
            assertThat(Programs.run(Duration.ofSeconds(10), policy.toString(), "redis-server", "start")
                            .exit())
                    .isEqualTo(101);
            ServicesOff.removeLeftBehind(policy);
            assertThat(policy).as("in use").exists();
        }
        assertThat(policy).doesNotExist();
    }

    @Test
    void whatAKilledRunLeftIsRemovedByTheNextOne() throws IOException {
        String ours;
        try (ServicesOff off = ServicesOff.during(policy)) {
            ours = Files.readString(policy);
        }
        String self = Long.toString(ProcessHandle.current().pid());
        Files.writeString(policy, ours.replace("process " + self + " ", "process " + self + " 1"));
        ServicesOff.removeLeftBehind(policy);
        assertThat(policy).doesNotExist();
        Files.writeString(policy, ours.substring(0, ours.indexOf(self)));
        try (ServicesOff off = ServicesOff.during(policy)) {
            assertThat(policy).hasContent(ours);
        }
        assertThat(policy).doesNotExist();
    }

    @Test
    void anAdministratorsOwnStays() throws IOException {
        Files.writeString(policy, "#!/bin/sh\nexit 101\n");
        try (ServicesOff off = ServicesOff.during(policy)) {
            assertThat(policy).hasContent("#!/bin/sh\nexit 101\n");
        }
        assertThat(policy).hasContent("#!/bin/sh\nexit 101\n");
    }

    @Test
    void itIsGoneWhenTheProcessIsToldToEnd() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Waiting.class.getName(),
                        policy.toString())
                .inheritIO()
                .start();
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.isExecutable(policy));
        process.destroy();
        assertThat(process.waitFor(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        assertThat(policy).doesNotExist();
    }

    /** An installation without an end. */
    static final class Waiting {
        private Waiting() {}

        public static void main(String[] arguments) throws Exception {
            try (ServicesOff off = ServicesOff.during(Path.of(arguments[0]))) {
                Thread.sleep(120_000);
            }
        }
    }
}
