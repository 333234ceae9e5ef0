package dev.berth.local.engine;

import dev.berth.activities.firewall.Firewall;
import dev.berth.activities.firewall.FirewallException;
import dev.berth.activities.firewall.FirewallKeeper;
import dev.berth.activities.firewall.FirewallPlan;
import dev.berth.local.Folders;
import dev.berth.local.LocalFailure;
import dev.berth.local.install.Apt;
import dev.berth.local.install.Need;
import dev.berth.local.install.Programs;
import dev.berth.local.supervise.Narrator;
import dev.berth.local.supervise.Part;
import dev.berth.local.supervise.ProcessIdentity;
import dev.berth.settings.FirewallSettings;
import dev.berth.settings.SettingsException;
import dev.berth.settings.Variable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps apart what the engine's bridges would join: sets the firewall before the engine starts and lets a {@link FirewallKeeper}
 * look after it. It has no process; the supervisor's stands for it, and the rules outlive that.
 */
public final class HostFirewall implements Part {
    private final FirewallSettings settings;
    private final Narrator narrator;
    private FirewallKeeper keeper;

    public HostFirewall(EngineChoice choice, Folders folders, Map<String, String> environment, Narrator narrator) {
        this.settings = settings(choice.own(), report(folders), environment);
        this.narrator = narrator;
        this.keeper = keeper();
    }

    /** What the keeper saw last. */
    public static Path report(Folders folders) {
        return folders.state().resolve("firewall");
    }

    /** What other containers on the plain bridge of somebody's engine do is that somebody's affair. */
    static FirewallSettings settings(boolean ownEngine, Path report, Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put(
                Variable.FIREWALL_BRIDGES.name(),
                ownEngine ? FirewallPlan.SWARM_BRIDGE + "," + FirewallPlan.PLAIN_BRIDGE : FirewallPlan.SWARM_BRIDGE);
        variables.put(Variable.FIREWALL_REPORT.name(), report.toString());
        try {
            return FirewallSettings.of(variables);
        } catch (SettingsException e) {
            throw new LocalFailure(String.valueOf(e.getMessage()));
        }
    }

    private FirewallKeeper keeper() {
        return new FirewallKeeper(
                () -> FirewallPlan.of(settings), sentence -> narrator.say(name(), sentence), settings.report());
    }

    /** Sets what is missing; some milliseconds where nothing is. */
    void ensure() {
        new Firewall(FirewallPlan.of(settings)).apply();
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
        return Integer.toHexString(List.of(settings.bridges(), settings.allowed(), settings.forbidden())
                .hashCode());
    }

    @Override
    public ProcessIdentity start() {
        keeper.close();
        FirewallKeeper started = keeper();
        keeper = started;
        started.set();
        Thread.ofVirtual().name("firewall").start(() -> {
            try {
                started.keep();
            } catch (FirewallException e) {
                narrator.say(name(), String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    }

    @Override
    public boolean answers() {
        return true;
    }

    /** Whether the rules are as they should be, as of the last look. */
    @Override
    public boolean alive(ProcessIdentity identity) {
        return identity.alive() && keeper.inPlace();
    }

    @Override
    public void stop(ProcessIdentity identity) {
        clear();
    }

    /** The engine's own traces are {@link DockerTraces}'s to remove. */
    @Override
    public void clear() {
        keeper.close();
        if (Programs.root()) {
            Firewall.remove();
        }
    }
}
