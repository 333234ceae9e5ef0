package dev.berth.local.engine;

import dev.berth.local.Folders;
import dev.berth.local.LocalFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which engine runs this stack's containers: the one that answers on this machine, else one of our own. Chosen once and kept
 * in the state folder, since the deployed apps live in it.
 *
 * @param socket of the engine
 * @param own whether we start and stop it
 */
public record EngineChoice(Path socket, boolean own) {
    private static final String STANDARD = "unix:///var/run/docker.sock";
    private static final String OWN = "own";

    /** The one that was chosen, or the one that is chosen now and remembered. */
    public static EngineChoice of(Folders folders, Map<String, String> environment) {
        Path file = folders.state().resolve("engine");
        try {
            if (Files.exists(file)) {
                return parse(folders, Files.readString(file).strip());
            }
            String chosen = choose(environment);
            Files.writeString(file, chosen + "\n");
            return parse(folders, chosen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was chosen earlier; empty before the first start. */
    public static Optional<EngineChoice> remembered(Folders folders) {
        Path file = folders.state().resolve("engine");
        try {
            return Files.exists(file)
                    ? Optional.of(parse(folders, Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String choose(Map<String, String> environment) {
        if (OWN.equals(environment.get("BERTH_ENGINE"))) {
            return OWN;
        }
        Optional<String> given =
                Optional.ofNullable(environment.get("DOCKER_HOST")).filter(text -> !text.isBlank());
        String host = given.orElse(STANDARD);
        if (!host.startsWith("unix://")) {
            throw new LocalFailure("DOCKER_HOST is " + host + "; the one-machine stack needs an engine of this machine "
                    + "(unix:///…), or none (BERTH_ENGINE=own).");
        }
        if (accepts(Path.of(URI.create(host).getPath()))) {
            return host;
        }
        if (given.isPresent()) {
            throw new LocalFailure("No engine answers on DOCKER_HOST=" + host + "; start it or unset DOCKER_HOST.");
        }
        return OWN;
    }

    private static EngineChoice parse(Folders folders, String chosen) {
        return OWN.equals(chosen)
                ? new EngineChoice(folders.sockets().resolve("docker.sock"), true)
                : new EngineChoice(Path.of(URI.create(chosen).getPath()), false);
    }

    /** Whether something listens there now. */
    public boolean accepts() {
        return accepts(socket);
    }

    private static boolean accepts(Path socket) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException refused) {
            return false;
        }
    }

    public URI host() {
        return URI.create("unix://" + socket);
    }
}
