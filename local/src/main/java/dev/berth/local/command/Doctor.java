package dev.berth.local.command;

import dev.berth.activities.firewall.Firewall;
import dev.berth.activities.firewall.FirewallReport;
import dev.berth.activities.swarm.AddressSpace;
import dev.berth.activities.swarm.Engine;
import dev.berth.activities.swarm.EngineException;
import dev.berth.local.Folders;
import dev.berth.local.Port;
import dev.berth.local.PortTable;
import dev.berth.local.engine.EngineChoice;
import dev.berth.local.engine.HostFirewall;
import dev.berth.local.install.Apt;
import dev.berth.local.install.Need;
import dev.berth.local.install.Programs;
import dev.berth.local.install.Wheel;
import dev.berth.local.parts.Answers;
import dev.berth.local.supervise.RunFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code doctor}: what is there, which version, and how to get what is missing. Changes nothing; 0 when {@code up} can start. */
public final class Doctor {
    private final Folders folders;
    private final PortTable ports;
    private final PrintStream out;
    private boolean ready = true;

    public Doctor(Folders folders, PortTable ports, PrintStream out) {
        this.folders = folders;
        this.ports = ports;
        this.out = out;
    }

    public int examine() throws IOException {
        good(
                "user",
                Programs.root()
                        ? "root"
                        : System.getProperty("user.name") + " (root is needed for Nix and an own engine)");
        good("JDK", System.getProperty("java.runtime.version") + " in " + System.getProperty("java.home"));
        for (Need need : Stream.concat(Need.ofTheStack().stream(), Stream.of(Need.DOCKER))
                .toList()) {
            examine(need);
        }
        examine(Wheel.TEMPORAL);
        examine(Wheel.TRAEFIK);
        examineEngine();
        examineFirewall();
        examineNetworks();
        examineMachine();
        if (new RunFolder(folders.run()).supervisor().isEmpty()) {
            examinePorts();
        }
        out.println(ready ? "\nReady: ./berth up" : "\nNot ready; see the lines with !");
        return ready ? 0 : 1;
    }

    private void examine(Need need) throws IOException {
        Optional<Path> found = need.found();
        if (found.isPresent()) {
            String version = Programs.run(
                            Duration.ofSeconds(10),
                            Stream.concat(Stream.of(found.get().toString()), need.versionArguments().stream())
                                    .toArray(String[]::new))
                    .output();
            good(need.program(), version.lines().findFirst().orElse("") + " (" + need.purpose() + ")");
        } else if (Apt.usable() || need == Need.DOCKER) {
            good(need.program(), "absent; " + (Apt.usable() ? "./berth up installs " : "optional: ") + need.debian());
        } else {
            bad(need.program(), "absent (" + need.purpose() + "); run: " + Apt.advice(List.of(need.debian())));
        }
    }

    private void examine(Wheel wheel) {
        good(
                wheel.program(),
                wheel.found(folders.cache())
                        .map(path -> words(wheel, path, folders.cache()))
                        .orElse("absent; ./berth up fetches " + wheel.project() + " " + wheel.version()));
    }

    static String words(Wheel wheel, Path path, Path cache) {
        return wheel.fetched(path, cache)
                ? wheel.version() + " in " + path
                : path + ", of a version that nobody looked at; Berth is tested with " + wheel.version();
    }

    private void examineEngine() {
        Optional<EngineChoice> chosen = EngineChoice.remembered(folders);
        if (chosen.isPresent() && !chosen.get().own()) {
            if (chosen.get().accepts()) {
                good("engine", "the machine's own, " + chosen.get().host());
            } else {
                bad("engine", chosen.get().host() + " does not answer; start it: systemctl start docker");
            }
        } else {
            good("engine", chosen.isPresent() ? "our own" : "chosen at the first ./berth up");
        }
    }

    private void examineFirewall() {
        if (!Programs.root()) {
            good("firewall", "none: only root can set it; deployed apps reach this machine's own ports and networks");
        } else if (Firewall.usable()) {
            good("firewall", Firewall.present() ? "set" + kept() : "set by ./berth up");
        } else {
            bad("firewall", "needs iptables; run: " + Apt.advice(List.of(Need.IPTABLES.debian())));
        }
    }

    private String kept() {
        return FirewallReport.read(HostFirewall.report(folders))
                .map(report -> "; " + report.words())
                .orElse("");
    }

    /** Of the engine that was chosen, where it runs. */
    private void examineNetworks() {
        EngineChoice.remembered(folders).filter(EngineChoice::accepts).ifPresent(choice -> {
            try (Engine engine = Engine.at(choice.host())) {
                if (engine.membership().manager()) {
                    AddressSpace space = AddressSpace.of(engine);
                    good("addresses", space.words());
                    space.warnings().forEach(warning -> bad("addresses", warning));
                }
            } catch (EngineException e) {
                bad("addresses", "the engine does not tell: " + e.getMessage());
            }
        });
    }

    private void examineMachine() throws IOException {
        long free = Files.getFileStore(folders.home()).getUsableSpace() >> 30;
        if (free < 5) {
            bad("disk", free + " GiB are free; builds need about 5");
        } else {
            good("disk", free + " GiB are free");
        }
        if (Programs.root()
                && !Programs.run(Duration.ofSeconds(5), "unshare", "--user", "true")
                        .succeeded()) {
            bad(
                    "namespaces",
                    "user namespaces are off; PostgreSQL needs one when root starts it: "
                            + "sysctl -w user.max_user_namespaces=10000");
        }
        if (Files.notExists(Path.of("/sys/fs/cgroup/memory"))
                && Files.notExists(Path.of("/sys/fs/cgroup/cgroup.controllers"))) {
            bad("cgroups", "are not mounted; run: apt-get install cgroupfs-mount && cgroupfs-mount");
        }
    }

    private void examinePorts() {
        for (Port port : Port.values()) {
            if (Answers.tcp(ports.of(port))) {
                bad("port " + ports.of(port), "is taken, and meant for " + port.purpose() + "; set " + port.variable());
            }
        }
    }

    private void good(String what, String words) {
        out.printf("  %-16s %s%n", what, words);
    }

    private void bad(String what, String words) {
        ready = false;
        out.printf("! %-16s %s%n", what, words);
    }
}
