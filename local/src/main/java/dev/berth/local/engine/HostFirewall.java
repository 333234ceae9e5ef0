package dev.berth.local.engine;

import dev.berth.activities.firewall.Firewall;
import dev.berth.activities.firewall.FirewallException;
import dev.berth.activities.firewall.FirewallPlan;
import dev.berth.activities.firewall.HostResolvers;
import dev.berth.domain.outbound.AddressRange;
import dev.berth.local.LocalFailure;
import dev.berth.local.install.Apt;
import dev.berth.local.install.Need;
import dev.berth.local.install.Programs;
import dev.berth.local.supervise.Narrator;
import dev.berth.local.supervise.Part;
import dev.berth.local.supervise.ProcessIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps apart what the engine's bridges would join: sets the firewall before the engine starts, looks at it every few seconds
 * and puts back what somebody changed. It has no process; the supervisor's stands for it, and the rules outlive that.
 */
public final class HostFirewall implements Part {
    /** Addresses that apps may reach beside the public Internet: blocks such as {@code 10.20.0.0/16}, by commas. */
    static final String ALLOWED = "APPS_MAY_REACH";

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final boolean ownEngine;
    private final List<AddressRange> allowed;
    private final Narrator narrator;
    private Instant looked = Instant.EPOCH;
    private boolean inPlace;

    public HostFirewall(EngineChoice choice, Map<String, String> environment, Narrator narrator) {
        this.ownEngine = choice.own();
        this.allowed = allowed(environment.getOrDefault(ALLOWED, ""));
        this.narrator = narrator;
    }

    static List<AddressRange> allowed(String text) {
        try {
            return Stream.of(text.split(","))
                    .map(String::strip)
                    .filter(block -> !block.isEmpty())
                    .map(AddressRange::of)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new LocalFailure(
                    ALLOWED + " is " + text + "; it takes blocks of addresses such as 10.20.0.0/16: " + e.getMessage());
        }
    }

    /** What other containers on the plain bridge of somebody's engine do is that somebody's affair. */
    private FirewallPlan plan() {
        List<String> bridges = ownEngine
                ? List.of(FirewallPlan.SWARM_BRIDGE, FirewallPlan.PLAIN_BRIDGE)
                : List.of(FirewallPlan.SWARM_BRIDGE);
        return new FirewallPlan(bridges, allowed, HostResolvers.read(), List.of());
    }

    /** Sets what is missing; some milliseconds where nothing is. */
    void ensure() {
        new Firewall(plan()).apply();
    }

    @Override
    public String name() {
        return "firewall";
    }

    @Override
    public List<String> needs() {
        return List.of();
    }

    @Override
    public Optional<String> missing() {
        if (!Programs.root()) {
            return Optional.of("only root can set it, so deployed apps reach this machine's own ports and networks. "
                    + "Deploy only what you trust, or run ./berth as root.");
        }
        return Firewall.usable()
                ? Optional.empty()
                : Optional.of("iptables is not installed, so deployed apps would reach this machine's own ports and "
                        + "networks; run: " + Apt.advice(List.of(Need.IPTABLES.debian())));
    }

    @Override
    public String fingerprint() {
        return Integer.toHexString(List.of(ownEngine, allowed).hashCode());
    }

    @Override
    public ProcessIdentity start() {
        ensure();
        looked = Instant.now();
        inPlace = true;
        return ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    }

    @Override
    public boolean answers() {
        return true;
    }

    /** Whether the rules are as they should be, as of the last look. */
    @Override
    public boolean alive(ProcessIdentity identity) {
        if (!identity.alive()) {
            return false;
        }
        if (Instant.now().isAfter(looked.plus(BETWEEN_LOOKS))) {
            look();
        }
        return inPlace;
    }

    private void look() {
        looked = Instant.now();
        try {
            List<String> deviations = new Firewall(plan()).deviations();
            inPlace = deviations.isEmpty();
            deviations.forEach(sentence -> narrator.say(name(), sentence + "; putting it right"));
        } catch (FirewallException e) {
            inPlace = false;
            narrator.say(name(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void stop(ProcessIdentity identity) {
        clear();
    }

    /** The engine's own traces are {@link DockerTraces}'s to remove. */
    @Override
    public void clear() {
        if (Programs.root()) {
            Firewall.remove();
        }
    }
}
