package dev.berth.local.engine;

import dev.berth.activities.swarm.Engine;
import dev.berth.local.Folders;
import dev.berth.local.LocalFailure;
import dev.berth.local.install.Programs;
import dev.berth.local.supervise.Narrator;
import dev.berth.local.supervise.Part;
import dev.berth.local.supervise.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The engine that this machine runs anyway. We start no process, and leave it as we found it but for what we deployed. */
public final class FoundEngine implements Part {
    private final EngineChoice choice;
    private final Engine engine;
    private final Parking parking;
    private final SwarmSetup swarm;

    public FoundEngine(
            EngineChoice choice, Folders folders, String instance, Map<String, String> environment, Narrator narrator) {
        this.choice = choice;
        this.engine = Engine.at(choice.host());
        this.parking = new Parking(engine, instance, folders.state().resolve("parked.json"));
        this.swarm = new SwarmSetup(folders.state().resolve("swarm-made"), environment, narrator);
    }

    @Override
    public String name() {
        return "dockerd";
    }

    @Override
    public List<String> needs() {
        // Who may use an engine may not always filter packets; what is missing then is told by that part.
        return Programs.root() ? List.of("firewall") : List.of();
    }

    @Override
    public Optional<String> missing() {
        return choice.accepts()
                ? Optional.empty()
                : Optional.of("No engine answers on " + choice.host() + "; start it (systemctl start docker), "
                        + "or forget this stack: ./berth down --purge");
    }

    @Override
    public String fingerprint() {
        return "found:" + choice.socket();
    }

    @Override
    public ProcessIdentity start() throws IOException {
        return engineProcess()
                .orElseGet(
                        () -> ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow());
    }

    /** Where the engine hides its process, ours stands for it: we see then only by asking whether it answers. */
    private static Optional<ProcessIdentity> engineProcess() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(folder -> folder.getFileName().toString().chars().allMatch(Character::isDigit))
                    .filter(folder -> "dockerd".equals(DockerTraces.command(folder)))
                    .findFirst()
                    .flatMap(folder -> ProcessIdentity.of(
                            Long.parseLong(folder.getFileName().toString())));
        }
    }

    @Override
    public boolean answers() throws IOException {
        if (!choice.accepts()) {
            return false;
        }
        swarm.ensure(engine);
        if (!engine.membership().isActive()) {
            return false;
        }
        parking.unpark();
        return true;
    }

    @Override
    public void stop(ProcessIdentity identity) {
        if (choice.accepts()) {
            try {
                parking.park();
            } catch (IOException e) {
                throw new LocalFailure("The apps could not be stopped: " + e.getMessage(), e);
            }
        }
    }

    /** For {@code down --purge}: removes what is ours, and the Swarm if we made it. */
    public void purge() throws IOException {
        if (choice.accepts()) {
            if (engine.membership().isActive()) {
                parking.removeAll();
            }
            swarm.undo(engine);
        }
    }
}
