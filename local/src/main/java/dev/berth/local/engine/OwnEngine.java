package dev.berth.local.engine;

import dev.berth.activities.swarm.Engine;
import dev.berth.local.Folders;
import dev.berth.local.LocalFailure;
import dev.berth.local.install.Apt;
import dev.berth.local.install.Need;
import dev.berth.local.install.Programs;
import dev.berth.local.supervise.Launch;
import dev.berth.local.supervise.Narrator;
import dev.berth.local.supervise.Part;
import dev.berth.local.supervise.ProcessIdentity;
import dev.berth.local.supervise.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An engine of our own: data, sockets and configuration below our folders, and no trace when it has ended. */
public final class OwnEngine implements Part {
    private final EngineChoice choice;
    private final Folders folders;
    private final String instance;
    private final Engine engine;
    private final SwarmSetup swarm;
    private final DockerTraces traces;
    private final HostFirewall firewall;

    public OwnEngine(
            EngineChoice choice,
            Folders folders,
            String instance,
            Map<String, String> environment,
            Narrator narrator,
            HostFirewall firewall) {
        this.choice = choice;
        this.folders = folders;
        this.firewall = firewall;
        this.instance = instance;
        this.engine = Engine.at(choice.host());
        this.swarm = new SwarmSetup(folders.state().resolve("swarm-made"), environment, narrator);
        this.traces = new DockerTraces(execRoot(), data(), cgroup(), folders.configuration("network-before"));
    }

    @Override
    public String name() {
        return "dockerd";
    }

    @Override
    public List<String> needs() {
        return List.of("firewall");
    }

    @Override
    public Optional<String> missing() {
        if (!Programs.root()) {
            return Optional.of("No engine answers on /var/run/docker.sock and only root can start one. Install Docker "
                    + "(" + Apt.advice(List.of(Need.DOCKERD.debian()))
                    + ") and be in the group docker, or run ./berth as root.");
        }
        return Need.DOCKERD.found().isPresent()
                ? Optional.empty()
                : Optional.of("dockerd is not installed; run: " + Apt.advice(List.of(Need.DOCKERD.debian())));
    }

    @Override
    public String fingerprint() {
        return Integer.toHexString(command().hashCode());
    }

    private Path execRoot() {
        return folders.sockets().resolve("docker");
    }

    private Path data() {
        return folders.data("docker");
    }

    private String cgroup() {
        return "/" + instance;
    }

    private List<String> command() {
        return List.of(
                Need.DOCKERD.found().map(Path::toString).orElse("dockerd"),
                "--config-file",
                folders.configuration("dockerd.json").toString(),
                "--data-root",
                data().toString(),
                "--exec-root",
                execRoot().toString(),
                "--pidfile",
                folders.sockets().resolve("docker.pid").toString(),
                "--host",
                choice.host().toString(),
                // cgroupfs works with and without systemd, and lets us find what is left of a killed engine.
                "--exec-opt",
                "native.cgroupdriver=cgroupfs",
                "--cgroup-parent",
                cgroup(),
                // Older engines drop it silently from a service's own settings.
                "--no-new-privileges",
                "--log-opt",
                "max-size=10m",
                "--log-opt",
                "max-file=2",
                "--log-level",
                "warn");
    }

    @Override
    public ProcessIdentity start() throws IOException {
        if (DockerTraces.anotherEngineRuns()) {
            throw new LocalFailure(
                    "Another dockerd runs on this network. Two of them spoil one another's rules: stop it "
                            + "(systemctl stop docker docker.socket), or use it (unset BERTH_ENGINE, ./berth down --purge).");
        }
        Files.createDirectories(data());
        Files.createDirectories(execRoot());
        Files.writeString(folders.configuration("dockerd.json"), "{}\n");
        // Left by a killed engine; the number may be someone else's by now.
        Files.deleteIfExists(folders.sockets().resolve("docker.pid"));
        traces.remember();
        // It starts the apps that it ran before, at once; the end of an earlier engine took rules away.
        firewall.ensure();
        return new Launch(command(), System.getenv(), Path.of("/"), folders.log("dockerd")).start();
    }

    @Override
    public boolean answers() throws IOException {
        if (!choice.accepts()) {
            return false;
        }
        swarm.ensure(engine);
        return engine.membership().isActive() && engine.membership().manager();
    }

    @Override
    public void stop(ProcessIdentity identity) {
        Signals.end(identity, "TERM", Duration.ofSeconds(40));
        clear();
    }

    @Override
    public void clear() {
        traces.clear();
    }
}
