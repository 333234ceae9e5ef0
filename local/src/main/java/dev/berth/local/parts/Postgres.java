package dev.berth.local.parts;

import dev.berth.local.Folders;
import dev.berth.local.Keys;
import dev.berth.local.LocalFailure;
import dev.berth.local.Port;
import dev.berth.local.PortTable;
import dev.berth.local.install.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PostgreSQL 18. It refuses to run as root, so as root it gets a user namespace of its own, in which it is nobody: no system
 * user is made, and the checkout may lie in a home folder that nobody else may enter.
 */
final class Postgres extends ProcessPart {
    private final Folders folders;
    private final PortTable ports;
    private final Keys keys;
    private final Database database;

    Postgres(Folders folders, PortTable ports, Keys keys, Database database) {
        super("postgres", List.of(), folders.log("postgres"));
        this.folders = folders;
        this.ports = ports;
        this.keys = keys;
        this.database = database;
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    List<String> command() {
        return asNobody(List.of(
                program("postgres"),
                "-D",
                data().toString(),
                "-p",
                Integer.toString(ports.of(Port.POSTGRES)),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=100",
                "-c",
                "shared_buffers=96MB",
                "-c",
                "timezone=UTC",
                "-c",
                "log_timezone=UTC",
                "-c",
                "log_checkpoints=off"));
    }

    @Override
    void prepare() throws IOException {
        Answers.requireFree(ports, Port.POSTGRES);
        PostgresFiles.ensure(folders.cache());
        if (Files.notExists(data().resolve("PG_VERSION"))) {
            Files.createDirectories(data().getParent());
            Path password = Files.createTempFile(folders.run(), "initdb", "");
            try {
                Files.writeString(password, keys.superuserPassword());
                initialise(password);
            } finally {
                Files.delete(password);
            }
        }
    }

    private void initialise(Path password) throws IOException {
        Programs.Result result = Programs.run(
                Duration.ofSeconds(120),
                Map.of("LC_ALL", "C.UTF-8"),
                asNobody(List.of(
                        program("initdb"),
                        "-D",
                        data().toString(),
                        "-U",
                        Database.SUPERUSER,
                        "-A",
                        "scram-sha-256",
                        "--pwfile",
                        password.toString(),
                        "-E",
                        "UTF8",
                        "--locale=C.UTF-8",
                        "--no-instructions")));
        if (!result.succeeded()) {
            throw new LocalFailure("PostgreSQL's data folder could not be made:\n" + result.output());
        }
    }

    @Override
    public boolean answers() {
        return Answers.tcp(ports.of(Port.POSTGRES)) && database.prepared();
    }

    /** A fast shutdown: sessions are cut, data is written. */
    @Override
    String stopSignal() {
        return "INT";
    }

    private Path data() {
        return folders.data("postgres-18");
    }

    private String program(String name) {
        return PostgresFiles.folder(folders.cache())
                .resolve("bin")
                .resolve(name)
                .toString();
    }

    private static List<String> asNobody(List<String> command) {
        List<String> line = new ArrayList<>(Programs.root() ? List.of("unshare", "--user") : List.of());
        line.addAll(command);
        return line;
    }
}
