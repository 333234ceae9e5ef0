package dev.berth.local.parts;

import dev.berth.local.LocalFailure;
import dev.berth.local.supervise.Launch;
import dev.berth.local.supervise.Part;
import dev.berth.local.supervise.ProcessIdentity;
import dev.berth.local.supervise.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A part that is one process of this machine. */
abstract class ProcessPart implements Part {
    private static final Map<String, String> PLAIN =
            Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C.UTF-8");

    private final String name;
    private final List<String> needs;
    private final Path log;

    ProcessPart(String name, List<String> needs, Path log) {
        this.name = name;
        this.needs = List.copyOf(needs);
        this.log = log;
    }

    /** The command line as it is now. */
    abstract List<String> command();

    /** What the process finds in its environment beside {@link #inherited()}. */
    Map<String, String> settings() {
        return Map.of();
    }

    /** By default little: what a daemon does must not depend on whose terminal started it. */
    Map<String, String> inherited() {
        return PLAIN;
    }

    /** Makes folders, files and ports right before a start. */
    abstract void prepare() throws Exception;

    String stopSignal() {
        return "TERM";
    }

    Duration grace() {
        return Duration.ofSeconds(15);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final List<String> needs() {
        return needs;
    }

    @Override
    public String fingerprint() {
        return Integer.toHexString(31 * command().hashCode() + new java.util.TreeMap<>(settings()).hashCode());
    }

    @Override
    public final ProcessIdentity start() throws Exception {
        prepare();
        Map<String, String> environment = new HashMap<>(inherited());
        environment.putAll(settings());
        try {
            return new Launch(command(), environment, Path.of("/"), log).start();
        } catch (java.io.IOException e) {
            throw new LocalFailure(command().getFirst() + " cannot be started: " + e.getMessage(), e);
        }
    }

    @Override
    public void stop(ProcessIdentity identity) {
        Signals.end(identity, stopSignal(), grace());
    }
}
