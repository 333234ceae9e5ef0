package dev.berth.activities.firewall;

import dev.berth.domain.outbound.AddressRange;
import java.util.List;

/** Sets, breaks, repairs and removes the firewall of the network namespace that it is started in; each line says what it saw. */
final class FirewallMain {
    private FirewallMain() {}

    public static void main(String[] arguments) {
        List<String> bridges = List.of(FirewallPlan.SWARM_BRIDGE, FirewallPlan.PLAIN_BRIDGE);
        Firewall firewall = new Firewall(new FirewallPlan(bridges, List.of(), List.of(), List.of()));
        Firewall wider = new Firewall(new FirewallPlan(
                bridges,
                List.of(AddressRange.of("10.20.0.0/16"), AddressRange.of("fd00:20::/64")),
                List.of(AddressRange.of("10.0.0.2"), AddressRange.of("fd00::53")),
                List.of(AddressRange.of("9.9.9.9"), AddressRange.of("2620:fe::fe"))));
        String before = rules();

        say("absent at first", !Firewall.present() && !firewall.deviations().isEmpty());
        firewall.apply();
        String applied = rules();
        say("as planned", firewall.deviations().isEmpty() && Firewall.present());
        firewall.apply();
        say("the same when applied again", rules().equals(applied));

        for (String tool : List.of("iptables", "ip6tables")) {
            Tool.run(tool, "", "-w", "-F", FirewallPlan.INPUT);
            say(
                    "an emptied chain of " + tool + " is noticed",
                    !firewall.deviations().isEmpty());
            Tool.run(tool, "", "-w", "-I", "INPUT", "1", "-j", "ACCEPT");
            firewall.apply();
            Tool.run(tool, "", "-w", "-D", "INPUT", "-j", "ACCEPT");
            say("and repaired", rules().equals(applied));
        }
        wider.apply();
        say(
                "another plan takes its place",
                wider.deviations().isEmpty() && !firewall.deviations().isEmpty());

        Firewall.remove();
        say("nothing is left of it", rules().equals(before) && !Firewall.present());
        Firewall.remove();

        firewall.apply();
        Tool.run("iptables", "", "-w", "-I", "FORWARD", "1", "-j", FirewallPlan.USER);
        Tool.run("iptables", "", "-w", "-A", FirewallPlan.USER, "-j", "RETURN");
        say("an engine that starts later is no deviation", firewall.deviations().isEmpty());
        Firewall.remove();
        say(
                "and keeps what is its own",
                Tool.run("iptables", "", "-w", "-S", "FORWARD").contains("-A FORWARD -j DOCKER-USER\n")
                        && !rules().contains("BERTH")
                        && !rules().contains("berth"));
    }

    private static String rules() {
        return Tool.run("iptables", "", "-w", "-S") + Tool.run("ip6tables", "", "-w", "-S");
    }

    private static void say(String what, boolean so) {
        System.out.println((so ? "yes: " : "NO: ") + what);
    }
}
