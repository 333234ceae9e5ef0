package dev.berth.activities.nix;

import dev.berth.domain.nix.NixDaemon;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** An empty Nix store with its daemon, started as the launcher starts the real one, and removed with all in it. */
final class OwnDaemon implements AutoCloseable {
    final NixDaemon recipe;
    private final Process process;

    OwnDaemon(Path root) throws IOException {
        recipe = new NixDaemon(root);
        Files.createDirectories(recipe.configurationFolder());
        Files.createDirectories(recipe.buildFolder());
        Files.writeString(
                recipe.configurationFolder().resolve("nix.conf"),
                recipe.configuration(Runtime.getRuntime().availableProcessors()));
        for (NixDaemon.Account account : NixDaemon.accounts()) {
            if (!succeeds(List.of("getent", account.database(), account.name())) && !succeeds(account.command())) {
                throw new IOException("Cannot make " + account.name());
            }
        }
        ProcessBuilder builder = new ProcessBuilder(recipe.command())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("daemon.log").toFile());
        builder.environment().clear();
        builder.environment().putAll(recipe.environment());
        process = builder.start();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(this::accepts);
    }

    private boolean accepts() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(recipe.socket()));
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean succeeds(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        // The store's folders are read-only, which does not stop root and would stop a plain delete of anybody else.
        Folders.delete(recipe.root().resolve("nix"));
    }
}
