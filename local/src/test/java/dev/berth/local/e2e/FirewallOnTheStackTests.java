package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.install.Programs;
import dev.berth.testkit.RealPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The supervisor keeps the host's firewall, whoever meddles with it. */
@RealPart({"docker", "state"})
final class FirewallOnTheStackTests {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String METADATA = "-A BERTH-FORWARD -d 169.254.0.0/16 -j REJECT";
    private static final String ENTRY = "-A INPUT -i docker_gwbridge -j BERTH-INPUT";
    private static final String OPENED = "-A INPUT -i docker_gwbridge -j ACCEPT";

    @Test
    void aRuleThatSomebodyTookAwayIsBackSoon() throws IOException {
        Assumptions.assumeTrue(Programs.root(), "only root has a firewall to meddle with");
        assertThat(rules()).as("kept since the start").contains(METADATA, ENTRY);
        meddle("-D", "BERTH-FORWARD", "-d", "169.254.0.0/16", "-j", "REJECT", "--reject-with", "icmp-admin-prohibited");
        assertThat(rules()).doesNotContain(METADATA);
        RunningBerth.await("the rule", SOON, () -> Optional.of(rules()).filter(rules -> rules.contains(METADATA)));

        meddle("-I", "INPUT", "1", "-i", "docker_gwbridge", "-j", "ACCEPT");
        try {
            RunningBerth.await(
                    "ours before the other",
                    SOON,
                    () -> Optional.of(rules()).filter(rules -> rules.indexOf(ENTRY) < rules.indexOf(OPENED)));
        } finally {
            meddle("-D", "INPUT", "-i", "docker_gwbridge", "-j", "ACCEPT");
        }
        RunningBerth.await(
                "the part's recovery",
                SOON,
                () -> Optional.of(Launcher.part("firewall"))
                        .filter(part -> part.get("state").asText().equals("running")));
    }

    private static String rules() {
        try {
            return Programs.run(Duration.ofSeconds(10), "iptables", "-w", "-S").output();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void meddle(String... change) throws IOException {
        String[] command = new String[change.length + 2];
        command[0] = "iptables";
        command[1] = "-w";
        System.arraycopy(change, 0, command, 2, change.length);
        assertThat(Programs.run(Duration.ofSeconds(10), command).succeeded()).isTrue();
    }
}
