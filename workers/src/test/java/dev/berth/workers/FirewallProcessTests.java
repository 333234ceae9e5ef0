package dev.berth.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process itself, in a network namespace that ends with it: whatever it sets there, this machine keeps its own rules. */
final class FirewallProcessTests {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String METADATA = "-A BERTH-FORWARD -d 169.254.0.0/16 -j REJECT";
    private static final String ALLOWED = "-A BERTH-FORWARD -d 10.20.0.0/16 -j RETURN";
    private static final String FORBIDDEN = "-A BERTH-FORWARD -d 203.0.113.7/32 -j REJECT";

    @TempDir
    private Path folder;

    @BeforeEach
    void onlyRootSetsAFirewall() {
        boolean possible = "root".equals(System.getProperty("user.name")) && Files.isExecutable(iptables());
        if (!possible && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("It needs root and iptables.");
        }
        Assumptions.assumeTrue(possible, "only root sets a firewall, by iptables");
    }

    @Test
    void itSetsTheRulesPutsBackWhatWasChangedAndTakesThemAwayWhenAsked() throws Exception {
        Path report = folder.resolve("report");
        Process process = start(Map.of(
                "APPS_MAY_REACH", "10.20.0.0/16",
                "FIREWALL_FORBIDS", "203.0.113.7",
                "FIREWALL_ON_STOP", "remove",
                "FIREWALL_REPORT", report.toString()));
        try {
            await("the rules", () -> rules(process), rules -> rules.contains(METADATA));
            assertThat(rules(process)).contains(ALLOWED, FORBIDDEN, "-A INPUT -i docker_gwbridge -j BERTH-INPUT");
            await("the first look", () -> text(report), text -> text.contains("repairs=0"));

            in(process, "-F", "BERTH-FORWARD");
            assertThat(rules(process)).doesNotContain(METADATA);
            await("the rule again", () -> rules(process), rules -> rules.contains(METADATA));
            await("the report of it", () -> text(report), text -> text.contains("repairs=1"));
            assertThat(text(report)).contains("repaired=the rules of iptables were changed");
            assertThat(text(folder.resolve("log"))).contains("the rules of iptables were changed; putting it right");

            Process witness = witness(process);
            try {
                process.destroy();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(rules(witness)).doesNotContain("BERTH").contains("-P INPUT ACCEPT");
            } finally {
                witness.destroyForcibly();
            }
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theRulesStayWhenNobodyAsksForTheirRemoval() throws Exception {
        Process process = start(Map.of());
        try {
            await("the rules", () -> rules(process), rules -> rules.contains(METADATA));
            Process witness = witness(process);
            try {
                process.destroy();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(rules(witness)).contains(METADATA);
            } finally {
                witness.destroyForcibly();
            }
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aSettingThatIsWrongIsNamedAndNothingIsSet() throws Exception {
        Process process = start(Map.of("APPS_MAY_REACH", "10.20.0.0/99", "FIREWALL_ON_STOP", "perhaps"));
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(text(folder.resolve("log"))).contains("APPS_MAY_REACH", "FIREWALL_ON_STOP", "keep, remove");
    }

    private Process start(Map<String, String> settings) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        "unshare",
                        "--net",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FirewallProcess.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().putAll(settings);
        return builder.start();
    }

    /** Something of ours in the same namespace, which can be asked when the process has ended. */
    private Process witness(Process process) throws Exception {
        String space = namespace(process.pid());
        Process witness =
                new ProcessBuilder("nsenter", "--net", "--target", Long.toString(process.pid()), "sleep", "60").start();
        await("the witness", () -> namespace(witness.pid()), space::equals);
        return witness;
    }

    private static Path iptables() {
        return Path.of("/usr/sbin/iptables");
    }

    /** Of the namespace that the process is in; none while it is still in this one. */
    private static String rules(Process process) throws IOException, InterruptedException {
        return namespace(process.pid()).equals(namespace(ProcessHandle.current().pid())) ? "" : in(process, "-S");
    }

    private static String in(Process process, String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                "nsenter",
                "--net",
                "--target",
                Long.toString(process.pid()),
                iptables().toString(),
                "-w"));
        command.addAll(List.of(arguments));
        Process asked = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(asked.waitFor()).as(said).isZero();
        return said;
    }

    private static String namespace(long pid) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "ns", "net"))
                .toString();
    }

    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private interface Look {
        String seen() throws Exception;
    }

    private void await(String what, Look look, Predicate<String> enough) throws Exception {
        Instant end = Instant.now().plus(SOON);
        String seen = look.seen();
        while (!enough.test(seen)) {
            assertThat(Instant.now())
                    .as("%s did not come; seen: %s; its log: %s", what, seen, text(folder.resolve("log")))
                    .isBefore(end);
            TimeUnit.MILLISECONDS.sleep(50);
            seen = look.seen();
        }
    }
}
