package dev.berth.local.parts;

import dev.berth.local.Folders;
import dev.berth.local.Port;
import dev.berth.local.PortTable;
import dev.berth.local.install.Need;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Redis, to which nothing connects yet. What it holds is kept across restarts, though losing it loses no truth. */
final class Redis extends ProcessPart {
    private final Folders folders;
    private final PortTable ports;

    Redis(Folders folders, PortTable ports) {
        super("redis", List.of(), folders.log("redis"));
        this.folders = folders;
        this.ports = ports;
    }

    @Override
    public Optional<String> missing() {
        return Installed.advise(Need.REDIS);
    }

    @Override
    List<String> command() {
        return List.of(
                Installed.path(Need.REDIS),
                "--port",
                Integer.toString(ports.of(Port.REDIS)),
                "--bind",
                "127.0.0.1",
                "--dir",
                folders.data("redis").toString(),
                "--save",
                "60 1",
                "--maxmemory",
                "128mb",
                "--maxmemory-policy",
                "volatile-lru",
                "--loglevel",
                "warning");
    }

    @Override
    void prepare() throws IOException {
        Answers.requireFree(ports, Port.REDIS);
        Files.createDirectories(folders.data("redis"));
    }

    @Override
    public boolean answers() {
        return Answers.tcp(ports.of(Port.REDIS));
    }
}
