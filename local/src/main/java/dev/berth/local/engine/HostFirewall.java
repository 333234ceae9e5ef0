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
import dev.berth.local.supervise.Pause;
import dev.berth.local.supervise.ProcessIdentity;
import dev.berth.settings.FirewallSettings;
import dev.berth.settings.SettingsException;
import dev.berth.settings.Variable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps apart what the engine's bridges would join: sets the firewall before the engine starts and lets a {@link FirewallKeeper}
 * look after it. It has no process; the supervisor's stands for it, and the rules outlive that.
 */
public final class HostFirewall implements Part {
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(5);

    private final FirewallSettings settings;
    private final Narrator narrator;
    private FirewallKeeper keeper;
    private Thread looking = Thread.ofVirtual().unstarted(() -> {});

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
        close();
        // Without the rules nothing starts that needs them; a fault of what is said about them stops nothing.
        ensure();
        FirewallKeeper started = keeper();
        keeper = started;
        try {
            started.set();
        } catch (UncheckedIOException unwritable) {
            // The rules are set; what cannot be written is what it says of them.
            narrator.say(name(), String.valueOf(unwritable.getMessage()));
        }
        looking = Thread.ofVirtual()
                .name("firewall")
                .start(() -> look(started::keep, sentence -> narrator.say(name(), sentence), AFTER_A_FAULT));
        return ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    }

    /** As {@link FirewallKeeper#keep()}. */
    @FunctionalInterface
    interface Looks {
        void keep() throws InterruptedException;
    }

    /** Returns when the looks ended as they should, or the thread was interrupted; a fault is told once and followed by more. */
    static void look(Looks looks, Consumer<String> told, Duration pause) {
        String last = "";
        while (!Thread.currentThread().isInterrupted()) {
            try {
                looks.keep();
                return;
            } catch (FirewallException | UncheckedIOException e) {
                String fault = String.valueOf(e.getMessage());
                if (!fault.equals(last)) {
                    last = fault;
                    told.accept(fault);
                }
                Pause.milliseconds(pause.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Afterwards nobody looks any more. */
    private void close() {
        try {
            keeper.close();
        } catch (UncheckedIOException unwritable) {
            narrator.say(name(), String.valueOf(unwritable.getMessage()));
        }
        // Only after its last look has ended: one that is cut short would tell of a fault.
        looking.interrupt();
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
        close();
        if (Programs.root()) {
            Firewall.remove();
        }
    }
}
