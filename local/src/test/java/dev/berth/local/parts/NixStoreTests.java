package dev.berth.local.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.domain.nix.NixDaemon;
import dev.berth.local.Folders;
import dev.berth.local.Keys;
import dev.berth.local.LocalFailure;
import dev.berth.local.PortTable;
import dev.berth.local.engine.EngineChoice;
import dev.berth.local.supervise.Launch;
import dev.berth.local.supervise.ProcessIdentity;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose daemon guards the store. */
final class NixStoreTests {
    @TempDir
    private Path place;

    private Folders folders;
    private NixDaemon daemon;
    private NixStore store;

    @BeforeEach
    void describe() throws IOException {
        folders = new Folders(place, place.resolve("state"), place.resolve("cache"), place.resolve("jars"));
        daemon = new NixDaemon(Files.createDirectories(folders.cache().resolve("nix")));
        store = new NixStore(folders, daemon);
    }

    @Test
    void anotherStacksDaemonKeepsItsSocket() throws IOException {
        try (ServerSocketChannel other = listen(daemon.socket())) {
            assertThatExceptionOfType(LocalFailure.class)
                    .isThrownBy(store::prepare)
                    .withMessageContaining("BERTH_NIX_ROOT");
            assertThat(daemon.socket()).exists();
            assertThat(store.answers()).isTrue();
        }
    }

    @Test
    void theSocketThatACrashedDaemonLeftIsReplaced() throws IOException {
        listen(daemon.socket()).close();
        assertThat(daemon.socket()).exists();
        store.freeSocket();
        assertThat(daemon.socket()).doesNotExist();
        store.freeSocket();
    }

    @Test
    void aDaemonOfOursThatNobodyWroteDownIsEnded() throws IOException {
        ProcessIdentity unknown = new Launch(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Listening.class.getName(),
                                daemon.socket().toString()),
                        Map.of("PATH", "/usr/bin:/bin"),
                        place,
                        folders.log("nix-daemon"))
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(store::answers);
        store.freeSocket();
        assertThat(unknown.alive()).isFalse();
        assertThat(daemon.socket()).doesNotExist();
    }

    @Test
    void aCacheThatNixCannotUseIsToldInASentence() {
        Folders blank = new Folders(place, place.resolve("state"), place.resolve("my cache"), place.resolve("jars"));
        Stack stack = new Stack(
                blank,
                PortTable.from(Map.of()),
                new Keys("berth-00000000", "", "", "", ""),
                new EngineChoice(place.resolve("docker.sock"), true),
                Map.of());
        assertThatExceptionOfType(LocalFailure.class)
                .isThrownBy(stack::nix)
                .withMessageContaining("my cache")
                .withMessageContaining("Set BERTH_NIX_ROOT");
    }

    private static ServerSocketChannel listen(Path socket) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(socket));
        return channel;
    }

    /** Takes connections until it is ended. */
    static final class Listening {
        private Listening() {}

        public static void main(String[] arguments) throws IOException {
            try (ServerSocketChannel channel = listen(Path.of(arguments[0]))) {
                while (channel.isOpen()) {
                    channel.accept().close();
                }
            }
        }
    }
}
