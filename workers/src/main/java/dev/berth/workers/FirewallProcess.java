package dev.berth.workers;

import dev.berth.activities.firewall.Firewall;
import dev.berth.activities.firewall.FirewallException;
import dev.berth.activities.firewall.FirewallKeeper;
import dev.berth.activities.firewall.FirewallPlan;
import dev.berth.settings.FirewallSettings;
import dev.berth.settings.FirewallSettings.OnStop;
import dev.berth.settings.SettingsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that keeps a host's firewall: one on every host that runs apps, as root in the host's network. It reads settings
 * from the environment and talks to nobody. Ends with status 2 where a setting is wrong, 1 where no rule can be set, and in good
 * order on SIGTERM.
 */
public final class FirewallProcess {
    private static final Logger LOG = LoggerFactory.getLogger(FirewallProcess.class);

    private FirewallProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        FirewallSettings settings;
        try {
            settings = FirewallSettings.of(System.getenv());
        } catch (SettingsException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        FirewallKeeper keeper = new FirewallKeeper(() -> FirewallPlan.of(settings), LOG::warn, settings.report());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("goodbye").unstarted(() -> {
            keeper.close();
            if (settings.onStop() == OnStop.REMOVE) {
                Firewall.remove();
            }
        }));
        try {
            keeper.keep();
        } catch (FirewallException e) {
            LOG.error("Containers are NOT kept from this host: {}", e.getMessage());
            System.exit(1);
        }
    }
}
