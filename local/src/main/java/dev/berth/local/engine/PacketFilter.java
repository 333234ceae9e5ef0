package dev.berth.local.engine;

import dev.berth.local.Folders;
import dev.berth.local.install.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The machine's packet filter and forwarding, before and after an engine. An engine adds chains named DOCKER…, rules that name
 * its bridges, turns forwarding on and the FORWARD policy to DROP, and takes none of it back. What an administrator had there
 * before stays, whatever it is called.
 */
final class PacketFilter {
    private static final Path FORWARDING = Path.of("/proc/sys/net/ipv4/ip_forward");
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final List<String> TOOLS = List.of("iptables", "ip6tables");
    private static final List<String> TABLES = List.of("filter", "nat", "mangle", "raw");
    private static final Pattern MENTIONS_ENGINE = Pattern.compile(
            "DOCKER|\\bdocker0\\b|\\bdocker_gwbridge\\b|\\bbr-[0-9a-f]{12}\\b|172\\.(1[7-9]|2[0-9]|3[01])\\.0\\.0/16");

    /** Docker's chain for the administrator's rules, and the one rule that engines put into it. */
    private static final String USER = "DOCKER-USER";

    private static final String ENGINES_OWN = "-A " + USER + " -j RETURN";

    /** First forwarding and policy, {@code 1 ACCEPT}; then a line for each rule, {@code iptables filter -A …}. */
    private final Path before;

    PacketFilter(Path before) {
        this.before = before;
    }

    boolean remembered() {
        return Files.exists(before);
    }

    /** Kept over restarts of the engine: what counts is how the machine was before the first. */
    void remember() throws IOException {
        if (remembered()) {
            return;
        }
        StringBuilder text = new StringBuilder(Files.readString(FORWARDING).strip() + " " + forwardPolicy() + "\n");
        for (String tool : TOOLS) {
            for (String table : TABLES) {
                for (String rule : others(rules(tool, table))) {
                    text.append(tool + " " + table + " " + rule + "\n");
                }
            }
        }
        Folders.writePrivately(before, text.toString());
    }

    void restore() throws IOException {
        List<String> kept = Files.readAllLines(before);
        for (String tool : TOOLS) {
            for (String table : TABLES) {
                clean(tool, table, ofTable(kept, tool + " " + table + " "));
            }
        }
        String[] values =
                kept.isEmpty() ? new String[0] : kept.getFirst().strip().split(" ");
        if (Programs.find("iptables").isPresent() && values.length == 2) {
            Programs.run(LIMIT, "iptables", "-w", "-P", "FORWARD", values[1]);
        }
        if (values.length > 0) {
            Files.writeString(FORWARDING, values[0]);
        }
        Files.delete(before);
    }

    private static String forwardPolicy() throws IOException {
        if (Programs.find("iptables").isEmpty()) {
            return "ACCEPT";
        }
        return Programs.run(LIMIT, "iptables", "-w", "-S", "FORWARD")
                .output()
                .lines()
                .filter(line -> line.startsWith("-P FORWARD "))
                .map(line -> line.substring("-P FORWARD ".length()).strip())
                .findFirst()
                .orElse("ACCEPT");
    }

    private static List<String> ofTable(List<String> kept, String prefix) {
        return kept.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    /** As {@code iptables -S} prints them; none where the tool or its table is not there. */
    private static List<String> rules(String tool, String table) throws IOException {
        if (Programs.find(tool).isEmpty()) {
            return List.of();
        }
        Programs.Result rules = Programs.run(LIMIT, tool, "-w", "-t", table, "-S");
        return rules.succeeded() ? rules.output().lines().toList() : List.of();
    }

    private static void clean(String tool, String table, List<String> kept) throws IOException {
        for (List<String> arguments : removals(rules(tool, table), kept)) {
            List<String> command = new ArrayList<>(List.of(tool, "-w", "-t", table));
            command.addAll(arguments);
            Programs.run(LIMIT, command.toArray(String[]::new));
        }
    }

    /**
     * Without what Berth's firewall had set by then, which is taken away by itself: its rules, and the chain that it made for
     * them where nothing else is in it or leads there. Pure.
     */
    static List<String> others(List<String> rules) {
        List<String> others = rules.stream()
                .filter(rule -> !rule.contains("BERTH-") && !rule.contains("--comment berth "))
                .toList();
        boolean used =
                others.stream().anyMatch(rule -> rule.startsWith("-A " + USER + " ") || rule.endsWith(" -j " + USER));
        return used
                ? others
                : others.stream().filter(rule -> !rule.equals("-N " + USER)).toList();
    }

    /**
     * From the rules as {@code iptables -S} prints them: first the engine's rules in chains of others, then its chains, emptied
     * before any is deleted since they refer to one another. Pure.
     *
     * @param before the rules that were there before the engine, none of which is removed
     */
    static List<List<String>> removals(List<String> rules, List<String> before) {
        Set<String> kept = Set.copyOf(before);
        List<String> chains = rules.stream()
                .filter(rule -> rule.startsWith("-N DOCKER") && !kept.contains(rule))
                .map(rule -> rule.substring("-N ".length()).strip())
                .toList();
        List<List<String>> removals = new ArrayList<>();
        rules.stream()
                .filter(rule -> rule.startsWith("-A ") && !kept.contains(rule))
                .filter(rule -> !chains.contains(chain(rule)) && engines(rule))
                .map(rule -> List.of(("-D " + rule.substring("-A ".length())).split(" ")))
                .forEach(removals::add);
        chains.forEach(chain -> removals.add(List.of("-F", chain)));
        chains.forEach(chain -> removals.add(List.of("-X", chain)));
        return removals;
    }

    /** What came into a chain of Docker's is the engine's, but for the chain that is the administrator's. */
    private static boolean engines(String rule) {
        String rest = rule.substring(("-A " + chain(rule)).length());
        boolean dockers = chain(rule).startsWith("DOCKER") && !chain(rule).equals(USER);
        return dockers
                || rule.equals(ENGINES_OWN)
                || MENTIONS_ENGINE.matcher(rest).find();
    }

    private static String chain(String rule) {
        return rule.split(" ")[1];
    }
}
