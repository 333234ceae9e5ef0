package dev.berth.activities.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.domain.outbound.AddressRange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FirewallPlanTests {
    private static final FirewallPlan PLAN = new FirewallPlan(
            List.of("docker_gwbridge", "docker0"),
            List.of(AddressRange.of("10.20.0.0/16")),
            List.of(AddressRange.of("169.254.169.253")),
            List.of(AddressRange.of("8.8.4.4"), AddressRange.of("2606:4700::1")));
    private static final List<String> AN_ENGINES = List.of(
            "-P INPUT ACCEPT",
            "-P FORWARD DROP",
            "-N DOCKER",
            "-N DOCKER-USER",
            "-A FORWARD -j DOCKER-USER",
            "-A FORWARD -i docker0 ! -o docker0 -j ACCEPT",
            "-A DOCKER-USER -j RETURN");

    @Test
    void theHostItselfIsClosedButForReplies() {
        assertThat(PLAN.input(Family.V4))
                .containsExactly(
                        "-A BERTH-INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN",
                        "-A BERTH-INPUT -d 169.254.169.253/32 -p udp -m udp --dport 53 -j RETURN",
                        "-A BERTH-INPUT -d 169.254.169.253/32 -p tcp -m tcp --dport 53 -j RETURN",
                        "-A BERTH-INPUT -j REJECT --reject-with icmp-admin-prohibited");
    }

    @Test
    void whatTheOperatorAllowsComesBeforeWhatIsRefusedAndNeighboursBeforeBoth() {
        List<String> rules = PLAN.forward(Family.V4);
        assertThat(rules)
                .containsSubsequence(
                        "-A BERTH-FORWARD -o docker_gwbridge -j DROP",
                        "-A BERTH-FORWARD -o docker0 -j DROP",
                        "-A BERTH-FORWARD -d 169.254.169.253/32 -p udp -m udp --dport 53 -j RETURN",
                        "-A BERTH-FORWARD -d 169.254.169.253/32 -p tcp -m tcp --dport 53 -j RETURN",
                        "-A BERTH-FORWARD -d 10.20.0.0/16 -j RETURN",
                        "-A BERTH-FORWARD -d 8.8.4.4/32 -j REJECT --reject-with icmp-admin-prohibited",
                        "-A BERTH-FORWARD -d 10.0.0.0/8 -j REJECT --reject-with icmp-admin-prohibited",
                        "-A BERTH-FORWARD -d 169.254.0.0/16 -j REJECT --reject-with icmp-admin-prohibited");
        assertThat(rules).noneMatch(rule -> rule.contains("2606"));
        assertThat(PLAN.forward(Family.V6))
                .contains(
                        "-A BERTH-FORWARD -d 2606:4700::1/128 -j REJECT --reject-with icmp6-adm-prohibited",
                        "-A BERTH-FORWARD ! -d 2000::/3 -j REJECT --reject-with icmp6-adm-prohibited");
    }

    @Test
    void aBridgeIsNoPlaceForOtherArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FirewallPlan(List.of("docker0 -j ACCEPT"), List.of(), List.of(), List.of()));
    }

    @Test
    void onAnEnginesHostItAddsItsChainsAndTheJumpsThatLeadThere() {
        String script = new FirewallChange(AN_ENGINES).towards(PLAN, Family.V4).orElseThrow();
        assertThat(script)
                .startsWith("*filter\n:BERTH-INPUT - [0:0]\n")
                .contains(
                        "-I INPUT 1 -i docker0 -j BERTH-INPUT\n-I INPUT 1 -i docker_gwbridge -j BERTH-INPUT\n",
                        "-I DOCKER-USER 1 -i docker_gwbridge -j BERTH-FORWARD\n")
                .doesNotContain("-I FORWARD", ":DOCKER-USER")
                .endsWith("COMMIT\n");
    }

    @Test
    void beforeTheEnginesFirstStartItMakesTheChainThatTheEngineWillLeadTo() {
        String script = new FirewallChange(List.of("-P INPUT ACCEPT", "-P FORWARD ACCEPT"))
                .towards(PLAN, Family.V4)
                .orElseThrow();
        assertThat(script)
                .contains(":DOCKER-USER - [0:0]\n", "-I FORWARD 1 -m comment --comment berth -j DOCKER-USER\n");
    }

    @Test
    void whatIsInPlaceNeedsNoChangeAndWhatSlippedBehindAnotherRuleDoes() {
        List<String> inPlace = inPlace();
        assertThat(new FirewallChange(inPlace).towards(PLAN, Family.V4)).isEmpty();

        List<String> behind = new ArrayList<>(inPlace);
        behind.add(behind.indexOf("-A INPUT -i docker_gwbridge -j BERTH-INPUT"), "-A INPUT -j ACCEPT");
        assertThat(new FirewallChange(behind).towards(PLAN, Family.V4).orElseThrow())
                .contains("-D INPUT -i docker_gwbridge -j BERTH-INPUT\n", "-I INPUT 1 -i docker_gwbridge")
                .doesNotContain("DOCKER-USER");

        List<String> holed = new ArrayList<>(inPlace);
        holed.remove("-A BERTH-FORWARD -d 169.254.0.0/16 -j REJECT --reject-with icmp-admin-prohibited");
        assertThat(new FirewallChange(holed).towards(PLAN, Family.V4).orElseThrow())
                .contains(":BERTH-FORWARD - [0:0]\n", "-d 169.254.0.0/16")
                .doesNotContain("BERTH-INPUT");
    }

    @Test
    void itTakesItsOwnAwayAndLeavesTheEngines() {
        assertThat(new FirewallChange(inPlace()).away().orElseThrow())
                .contains(
                        "-D INPUT -i docker0 -j BERTH-INPUT\n",
                        "-D DOCKER-USER -i docker_gwbridge -j BERTH-FORWARD\n",
                        "-F BERTH-INPUT\n-X BERTH-INPUT\n",
                        "-X BERTH-FORWARD\n")
                .doesNotContain("-X DOCKER-USER", "-D FORWARD");
        assertThat(new FirewallChange(AN_ENGINES).away()).isEmpty();
    }

    @Test
    void aChainOfTheEnginesThatItMadeItselfGoesToo() {
        assertThat(new FirewallChange(List.of(
                                "-N DOCKER-USER",
                                "-N BERTH-FORWARD",
                                "-A FORWARD -m comment --comment berth -j DOCKER-USER",
                                "-A DOCKER-USER -i docker0 -j BERTH-FORWARD"))
                        .away()
                        .orElseThrow())
                .contains("-D FORWARD -m comment --comment berth -j DOCKER-USER\n", "-X DOCKER-USER\n");
    }

    private static List<String> inPlace() {
        List<String> rules = new ArrayList<>(List.of("-N BERTH-INPUT", "-N BERTH-FORWARD", "-N DOCKER-USER"));
        rules.add("-A FORWARD -j DOCKER-USER");
        rules.addAll(PLAN.inputJumps());
        rules.add("-A INPUT -i eth0 -j ACCEPT");
        rules.addAll(PLAN.forwardJumps());
        rules.add("-A DOCKER-USER -j RETURN");
        rules.addAll(PLAN.input(Family.V4));
        rules.addAll(PLAN.forward(Family.V4));
        return rules;
    }
}
