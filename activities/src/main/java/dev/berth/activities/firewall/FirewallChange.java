package dev.berth.activities.firewall;

import static dev.berth.activities.firewall.FirewallPlan.FORWARD;
import static dev.berth.activities.firewall.FirewallPlan.INPUT;
import static dev.berth.activities.firewall.FirewallPlan.OUR_JUMP;
import static dev.berth.activities.firewall.FirewallPlan.USER;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From the rules that the kernel has, as {@code iptables -S} prints them, to the input of {@code iptables-restore --noflush}
 * that makes them ours, or takes ours away. Pure; applied by the kernel in one step, so there is no moment without rules.
 */
final class FirewallChange {
    private static final String ENGINES_JUMP = "-A FORWARD -j " + USER;

    private final List<String> present;

    FirewallChange(List<String> present) {
        this.present = List.copyOf(present);
    }

    /** Empty where everything is as planned, ours before all others in the kernel's chains. */
    Optional<String> towards(FirewallPlan plan, Family family) {
        List<String> lines = new ArrayList<>();
        fill(lines, INPUT, plan.input(family));
        fill(lines, FORWARD, plan.forward(family));
        if (!present.contains("-N " + USER)) {
            lines.add(":" + USER + " - [0:0]");
        }
        if (!present.contains(ENGINES_JUMP) && !present.contains("-A FORWARD " + OUR_JUMP)) {
            // The engine makes its own when it starts; ours leads there before, and for engines that filter no IPv6.
            lines.add("-I FORWARD 1 " + OUR_JUMP);
        }
        lead(lines, "INPUT", INPUT, plan.inputJumps());
        lead(lines, USER, FORWARD, plan.forwardJumps());
        return script(lines);
    }

    /** Empty where nothing of ours is left. */
    Optional<String> away() {
        List<String> lines = new ArrayList<>();
        for (String rule : present) {
            boolean jump = rule.startsWith("-A ")
                    && (rule.endsWith(" -j " + INPUT) || rule.endsWith(" -j " + FORWARD) || rule.endsWith(OUR_JUMP));
            if (jump) {
                lines.add("-D" + rule.substring("-A".length()));
            }
        }
        for (String chain : List.of(INPUT, FORWARD)) {
            if (present.contains("-N " + chain)) {
                lines.add("-F " + chain);
                lines.add("-X " + chain);
            }
        }
        if (madeTheUsersChain()) {
            lines.add("-X " + USER);
        }
        return script(lines);
    }

    /** Nobody else leads there, and nobody else put a rule into it. */
    private boolean madeTheUsersChain() {
        return present.contains("-A FORWARD " + OUR_JUMP)
                && !present.contains(ENGINES_JUMP)
                && rules(USER).stream().allMatch(rule -> rule.endsWith(" -j " + FORWARD));
    }

    private void fill(List<String> lines, String chain, List<String> wanted) {
        if (!present.contains("-N " + chain) || !rules(chain).equals(wanted)) {
            // Naming a chain empties it.
            lines.add(":" + chain + " - [0:0]");
            lines.addAll(wanted);
        }
    }

    /** Puts the jumps first: a rule before them could let through what ours would not. */
    private void lead(List<String> lines, String from, String to, List<String> wanted) {
        List<String> rules = rules(from);
        List<String> ours =
                rules.stream().filter(rule -> rule.endsWith(" -j " + to)).toList();
        boolean first =
                rules.size() >= wanted.size() && rules.subList(0, wanted.size()).equals(wanted) && ours.equals(wanted);
        if (first) {
            return;
        }
        ours.forEach(rule -> lines.add("-D" + rule.substring("-A".length())));
        for (String rule : wanted.reversed()) {
            lines.add("-I " + from + " 1" + rule.substring(("-A " + from).length()));
        }
    }

    private List<String> rules(String chain) {
        return present.stream()
                .filter(rule -> rule.startsWith("-A " + chain + " "))
                .toList();
    }

    private static Optional<String> script(List<String> lines) {
        return lines.isEmpty() ? Optional.empty() : Optional.of("*filter\n" + String.join("\n", lines) + "\nCOMMIT\n");
    }
}
