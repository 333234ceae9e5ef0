package dev.berth.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PacketFilterTests {
    @Test
    void removesTheEnginesRulesAndChainsAndNothingElse() {
        assertThat(PacketFilter.removals(
                        List.of(
                                "-P FORWARD DROP",
                                "-N DOCKER",
                                "-N DOCKER-USER",
                                "-N MINE",
                                "-A INPUT -i eth0 -j ACCEPT",
                                "-A FORWARD -j DOCKER-USER",
                                "-A FORWARD -o docker_gwbridge -j DOCKER",
                                "-A FORWARD -j MINE",
                                "-A DOCKER -d 172.18.0.2/32 -p tcp -j ACCEPT",
                                "-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE"),
                        List.of("-P FORWARD ACCEPT", "-N MINE", "-A INPUT -i eth0 -j ACCEPT")))
                .containsExactly(
                        List.of("-D", "FORWARD", "-j", "DOCKER-USER"),
                        List.of("-D", "FORWARD", "-o", "docker_gwbridge", "-j", "DOCKER"),
                        List.of("-D", "POSTROUTING", "-s", "172.17.0.0/16", "!", "-o", "docker0", "-j", "MASQUERADE"),
                        List.of("-F", "DOCKER"),
                        List.of("-F", "DOCKER-USER"),
                        List.of("-X", "DOCKER"),
                        List.of("-X", "DOCKER-USER"));
    }

    @Test
    void keepsWhatTheAdministratorHadThereBeforeTheEngine() {
        List<String> before = List.of(
                "-N DOCKER",
                "-N DOCKER-USER",
                "-A FORWARD -j DOCKER-USER",
                "-A INPUT -s 172.18.0.0/16 -j DROP",
                "-A DOCKER-USER -i eth0 -s 192.0.2.0/24 -j DROP",
                "-A DOCKER -i docker0 -j RETURN");
        List<String> now = new ArrayList<>(before);
        now.addAll(List.of(
                "-N DOCKER-FORWARD",
                "-A FORWARD -j DOCKER-FORWARD",
                "-A DOCKER-USER -i eth0 -s 198.51.100.0/24 -j DROP",
                "-A DOCKER-USER -i docker_gwbridge -j BERTH-FORWARD",
                "-A DOCKER-USER -j RETURN",
                "-A DOCKER -d 192.0.2.7/32 -p tcp -j ACCEPT",
                "-A DOCKER-FORWARD -j DOCKER"));
        assertThat(PacketFilter.removals(now, before))
                .containsExactly(
                        List.of("-D", "FORWARD", "-j", "DOCKER-FORWARD"),
                        List.of("-D", "DOCKER-USER", "-i", "docker_gwbridge", "-j", "BERTH-FORWARD"),
                        List.of("-D", "DOCKER-USER", "-j", "RETURN"),
                        List.of("-D", "DOCKER", "-d", "192.0.2.7/32", "-p", "tcp", "-j", "ACCEPT"),
                        List.of("-F", "DOCKER-FORWARD"),
                        List.of("-X", "DOCKER-FORWARD"));
        assertThat(PacketFilter.removals(before, before)).isEmpty();
    }

    @Test
    void whatBerthsFirewallSetBeforeTheEngineIsNoAdministrators() {
        List<String> ours = List.of(
                "-P FORWARD ACCEPT",
                "-N BERTH-FORWARD",
                "-N DOCKER-USER",
                "-A FORWARD -m comment --comment berth -j DOCKER-USER",
                "-A BERTH-FORWARD -o docker_gwbridge -j DROP",
                "-A DOCKER-USER -i docker_gwbridge -j BERTH-FORWARD");
        assertThat(PacketFilter.others(ours)).containsExactly("-P FORWARD ACCEPT");
        List<String> administrators = new ArrayList<>(ours);
        administrators.add("-A DOCKER-USER -s 192.0.2.0/24 -j DROP");
        assertThat(PacketFilter.others(administrators))
                .containsExactly("-P FORWARD ACCEPT", "-N DOCKER-USER", "-A DOCKER-USER -s 192.0.2.0/24 -j DROP");
    }
}
