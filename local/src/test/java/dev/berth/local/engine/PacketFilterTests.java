package dev.berth.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PacketFilterTests {
    @Test
    void removesTheEnginesRulesAndChainsAndNothingElse() {
        assertThat(PacketFilter.removals(List.of(
                        "-P FORWARD DROP",
                        "-N DOCKER",
                        "-N DOCKER-USER",
                        "-N MINE",
                        "-A INPUT -i eth0 -j ACCEPT",
                        "-A FORWARD -j DOCKER-USER",
                        "-A FORWARD -o docker_gwbridge -j DOCKER",
                        "-A FORWARD -j MINE",
                        "-A DOCKER -d 172.18.0.2/32 -p tcp -j ACCEPT",
                        "-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE")))
                .containsExactly(
                        List.of("-D", "FORWARD", "-j", "DOCKER-USER"),
                        List.of("-D", "FORWARD", "-o", "docker_gwbridge", "-j", "DOCKER"),
                        List.of("-D", "POSTROUTING", "-s", "172.17.0.0/16", "!", "-o", "docker0", "-j", "MASQUERADE"),
                        List.of("-F", "DOCKER"),
                        List.of("-F", "DOCKER-USER"),
                        List.of("-X", "DOCKER"),
                        List.of("-X", "DOCKER-USER"));
    }
}
