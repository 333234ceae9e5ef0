package dev.berth.local.parts;

import dev.berth.domain.nix.NixDaemon;
import dev.berth.local.Folders;
import dev.berth.local.LocalFailure;
import dev.berth.local.install.Need;
import dev.berth.local.install.Programs;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Nix daemon of Berth's own store. */
final class NixStore extends ProcessPart {
    private final NixDaemon daemon;

    NixStore(Folders folders, NixDaemon daemon) {
        super("nix-daemon", List.of(), folders.log("nix-daemon"));
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
        for (NixDaemon.Account account : NixDaemon.accounts()) {
            makeWhereUnknown(account);
        }
        Files.createDirectories(daemon.root().resolve("nix/store"));
        Files.createDirectories(daemon.rootsFolder());
        Files.createDirectories(daemon.buildFolder());
        Files.createDirectories(daemon.configurationFolder());
        Files.writeString(daemon.configurationFolder().resolve("nix.conf"), configuration());
        Files.deleteIfExists(daemon.socket());
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
