package dev.berth.local.parts;

import dev.berth.domain.nix.NixDaemon;
import dev.berth.local.Folders;
import dev.berth.local.LocalFailure;
import dev.berth.local.install.Need;
import dev.berth.local.install.Programs;
import dev.berth.local.supervise.Pause;
import dev.berth.local.supervise.ProcessIdentity;
import dev.berth.local.supervise.Signals;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Nix daemon of Berth's own store. */
final class NixStore extends ProcessPart {
    /** A daemon that was just killed may take connections for a moment. */
    private static final Duration LAST_MOMENTS = Duration.ofSeconds(2);

    private final NixDaemon daemon;
    private final Path log;

    NixStore(Folders folders, NixDaemon daemon) {
        super("nix-daemon", List.of(), folders.log("nix-daemon"));
        this.log = folders.log("nix-daemon");
        this.daemon = daemon;
    }

    @Override
    public Optional<String> missing() {
        if (!Programs.root()) {
            return Optional.of("Building in a store of its own needs root; run ./berth as root.");
        }
        return Installed.advise(Need.NIX);
    }

    @Override
    List<String> command() {
        return daemon.command();
    }

    @Override
    Map<String, String> settings() {
        return daemon.environment();
    }

    @Override
    public String fingerprint() {
        return super.fingerprint() + Integer.toHexString(configuration().hashCode());
    }

    @Override
    void prepare() throws IOException {
        freeSocket();
        for (NixDaemon.Account account : NixDaemon.accounts()) {
            makeWhereUnknown(account);
        }
        Files.createDirectories(daemon.root().resolve("nix/store"));
        Files.createDirectories(daemon.rootsFolder());
        Files.createDirectories(daemon.buildFolder());
        Files.createDirectories(daemon.configurationFolder());
        Files.writeString(daemon.configurationFolder().resolve("nix.conf"), configuration());
    }

    /**
     * Removes the socket that a daemon of ours left behind, and ends one of which nothing is written down, since the supervisor was
     * killed as it started it.
     *
     * @throws LocalFailure where somebody else's daemon is at work on this store
     */
    void freeSocket() throws IOException {
        if (answers()) {
            unknownOnes().forEach(process -> Signals.end(process, stopSignal(), grace()));
            if (!Pause.until(() -> !answers(), LAST_MOMENTS)) {
                throw new LocalFailure("Another Nix daemon, perhaps another stack's, is at work on the store in "
                        + daemon.root() + ". Stop that stack, or set BERTH_NIX_ROOT to a folder of this one's own.");
            }
        }
        Files.deleteIfExists(daemon.socket());
    }

    /** Known by where they write: no other stack's daemon writes to our log. */
    private List<ProcessIdentity> unknownOnes() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(folder -> folder.getFileName().toString().chars().allMatch(Character::isDigit))
                    .filter(this::writesToOurLog)
                    .flatMap(folder -> ProcessIdentity.of(
                            Long.parseLong(folder.getFileName().toString()))
                            .stream())
                    .toList();
        }
    }

    private boolean writesToOurLog(Path process) {
        try {
            return Files.isSameFile(process.resolve("fd/1"), log);
        } catch (IOException gone) {
            return false;
        }
    }

    private static void makeWhereUnknown(NixDaemon.Account account) throws IOException {
        Duration limit = Duration.ofSeconds(20);
        if (Programs.run(limit, "getent", account.database(), account.name()).succeeded()) {
            return;
        }
        var made = Programs.run(limit, Map.of(), account.command());
        if (!made.succeeded()) {
            throw new LocalFailure("Nix's build user " + account.name() + " could not be made: " + made.output());
        }
    }

    private String configuration() {
        return daemon.configuration(Runtime.getRuntime().availableProcessors());
    }

    @Override
    public boolean answers() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(daemon.socket()));
        } catch (IOException refused) {
            return false;
        }
    }
}
