package dev.berth.local.engine;

import dev.berth.local.install.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The machine's packet filter and forwarding, before and after an engine. An engine adds chains named DOCKER…, rules that name
 * its bridges, turns forwarding on and the FORWARD policy to DROP, and takes none of it back.
 */
final class PacketFilter {
    private static final Path FORWARDING = Path.of("/proc/sys/net/ipv4/ip_forward");
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final List<String> TABLES = List.of("filter", "nat", "mangle", "raw");
    private static final Pattern MENTIONS_ENGINE = Pattern.compile(
            "DOCKER|\\bdocker0\\b|\\bdocker_gwbridge\\b|\\bbr-[0-9a-f]{12}\\b|172\\.(1[7-9]|2[0-9]|3[01])\\.0\\.0/16");

    private final Path before;

    PacketFilter(Path before) {
        this.before = before;
    }

    boolean remembered() {
        return Files.exists(before);
    }

    /** Kept over restarts of the engine: what counts is how the machine was before the first. */
    void remember() throws IOException {
        if (!remembered()) {
            Files.writeString(before, Files.readString(FORWARDING).strip() + " " + forwardPolicy() + "\n");
        }
    }

    void restore() throws IOException {
        for (String tool : List.of("iptables", "ip6tables")) {
            if (Programs.find(tool).isPresent()) {
                for (String table : TABLES) {
                    clean(tool, table);
                }
            }
        }
        String[] values = Files.readString(before).strip().split(" ");
        if (Programs.find("iptables").isPresent() && values.length == 2) {
            Programs.run(LIMIT, "iptables", "-w", "-P", "FORWARD", values[1]);
        }
        Files.writeString(FORWARDING, values[0]);
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

    private static void clean(String tool, String table) throws IOException {
        Programs.Result rules = Programs.run(LIMIT, tool, "-w", "-t", table, "-S");
        if (!rules.succeeded()) {
            return;
        }
        for (List<String> arguments : removals(rules.output().lines().toList())) {
            List<String> command = new ArrayList<>(List.of(tool, "-w", "-t", table));
            command.addAll(arguments);
            Programs.run(LIMIT, command.toArray(String[]::new));
        }
    }

    /**
     * From the rules as {@code iptables -S} prints them: first the engine's rules in chains of others, then its chains, emptied
     * before any is deleted since they refer to one another. Pure.
     */
    static List<List<String>> removals(List<String> rules) {
        List<List<String>> removals = new ArrayList<>();
        List<String> chains = rules.stream()
                .filter(rule -> rule.startsWith("-N DOCKER"))
                .map(rule -> rule.substring("-N ".length()).strip())
                .toList();
        rules.stream()
                .filter(rule -> rule.startsWith("-A ") && !rule.startsWith("-A DOCKER"))
                .filter(rule -> MENTIONS_ENGINE.matcher(rule).find())
                .map(rule -> List.of(("-D " + rule.substring("-A ".length())).split(" ")))
                .forEach(removals::add);
        chains.forEach(chain -> removals.add(List.of("-F", chain)));
        chains.forEach(chain -> removals.add(List.of("-X", chain)));
        return removals;
    }
}
