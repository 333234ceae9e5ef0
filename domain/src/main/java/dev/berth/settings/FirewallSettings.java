package dev.berth.settings;

import dev.berth.domain.outbound.AddressRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the process that keeps one host's firewall, which runs on every host and knows nothing else of Berth.
 *
 * @param bridges network interfaces through which containers leave
 * @param allowed what apps may reach beside the public Internet
 * @param forbidden public addresses that are the platform's own
 * @param report file that says what was seen last
 */
public record FirewallSettings(
        List<String> bridges,
        List<AddressRange> allowed,
        List<AddressRange> forbidden,
        OnStop onStop,
        Optional<Path> report) {

    public FirewallSettings {
        bridges = List.copyOf(bridges);
        allowed = List.copyOf(allowed);
        forbidden = List.copyOf(forbidden);
    }

    /** @throws SettingsException naming every variable that is wrong */
    public static FirewallSettings of(Map<String, String> environment) {
        Reader read = new Reader(environment);
        FirewallSettings settings = new FirewallSettings(
                read.interfaces(Variable.FIREWALL_BRIDGES),
                read.blocks(Variable.APPS_MAY_REACH),
                read.blocks(Variable.FIREWALL_FORBIDS),
                read.word(Variable.FIREWALL_ON_STOP, OnStop.class, OnStop.KEEP),
                read.optional(Variable.FIREWALL_REPORT).map(path -> read.path(Variable.FIREWALL_REPORT)));
        read.refuseIfWrong();
        return settings;
    }

    /** What becomes of the rules when their keeper is told to end. */
    public enum OnStop {
        /** They hold while nobody looks, as when the keeper is brought to another version. */
        KEEP,
        /** The host is as it was before. */
        REMOVE
    }
}
