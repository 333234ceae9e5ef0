package dev.berth.activities.firewall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the plan's rules in this host's packet filter, in chains of its own. Needs root. Every operation may be repeated.
 *
 * <p>Chains have fixed names: a host has one firewall, whoever keeps it.
 */
public final class Firewall {
    private static final Path IPV6 = Path.of("/proc/net/if_inet6");

    /** Whether packets from one container of a bridge to another pass the packet filter at all. */
    private static final List<Path> BRIDGED = List.of(
            Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables"),
            Path.of("/proc/sys/net/bridge/bridge-nf-call-ip6tables"));

    private final FirewallPlan plan;

    public Firewall(FirewallPlan plan) {
        this.plan = plan;
    }

    /** Whether this host has the commands; without them no rule can be set. */
    public static boolean usable() {
        return families().stream()
                .allMatch(family -> Tool.find(family.tool()).isPresent()
                        && Tool.find(family.restore()).isPresent());
    }

    /** Whether somebody keeps this host's firewall. */
    public static boolean present() {
        return families().stream().anyMatch(family -> present(family).away().isPresent());
    }

    /**
     * What is not as planned, in sentences; empty when everything is. Reads only.
     *
     * @throws FirewallException where the packet filter cannot be read
     */
    public List<String> deviations() {
        List<String> deviations = new ArrayList<>();
        for (Family family : families()) {
            if (present(family).towards(plan, family).isPresent()) {
                deviations.add("the rules of " + family.tool() + " were changed");
            }
        }
        for (Path setting : BRIDGED) {
            if (Files.exists(setting) && !"1".equals(read(setting))) {
                deviations.add(setting.getFileName() + " was turned off");
            }
        }
        return deviations;
    }

    /** Makes it so, and reads back what the kernel made of it. */
    public void apply() {
        for (Family family : families()) {
            present(family)
                    .towards(plan, family)
                    .ifPresent(script -> Tool.run(family.restore(), script, "-w", "--noflush"));
        }
        for (Path setting : BRIDGED) {
            if (Files.exists(setting) && !"1".equals(read(setting))) {
                write(setting);
            }
        }
        List<String> left = deviations();
        if (!left.isEmpty()) {
            throw new FirewallException("The packet filter did not take Berth's rules: " + String.join("; ", left));
        }
    }

    /** Takes every chain and rule of ours away. */
    public static void remove() {
        for (Family family : families()) {
            if (Tool.find(family.tool()).isPresent()) {
                present(family).away().ifPresent(script -> Tool.run(family.restore(), script, "-w", "--noflush"));
            }
        }
    }

    private static FirewallChange present(Family family) {
        return new FirewallChange(
                Tool.run(family.tool(), "", "-w", "-S").lines().toList());
    }

    /** A kernel without IPv6 has no filter for it and needs none. */
    private static List<Family> families() {
        return Files.exists(IPV6) ? List.of(Family.V4, Family.V6) : List.of(Family.V4);
    }

    private static String read(Path setting) {
        try {
            return Files.readString(setting).strip();
        } catch (IOException e) {
            throw new FirewallException(setting + " cannot be read", e);
        }
    }

    private static void write(Path setting) {
        try {
            Files.writeString(setting, "1");
        } catch (IOException e) {
            throw new FirewallException(setting + " cannot be set to 1", e);
        }
    }
}
