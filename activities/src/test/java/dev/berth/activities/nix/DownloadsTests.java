package dev.berth.activities.nix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.berth.activities.DiskFull;
import dev.berth.activities.SmallDisk;
import dev.berth.domain.FailureCode;
import dev.berth.testkit.RealPart;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DownloadsTests {
    @TempDir
    private Path folder;

    @Test
    void packagesThatTakeTooLongAreTriedAgainUnderTheirOwnName() {
        ApplicationFailure thrown = catchThrowableOfType(
                ApplicationFailure.class,
                () -> Prefetcher.allAtOnce(
                        List.of(() -> {
                            new CountDownLatch(1).await();
                            return folder;
                        }),
                        Duration.ofMillis(1),
                        () -> {}));
        assertThat(thrown.getType()).isEqualTo(FailureCode.DEPENDENCIES_TIMED_OUT.name());
        assertThat(thrown.isNonRetryable()).isFalse();
    }

    /** Mounting needs root, as everything does that the tests with real parts do. */
    @Test
    @RealPart("docker")
    void aFullDiskIsNotTheRegistrysFault() throws IOException {
        HttpServer registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[4 << 20]);
            exchange.close();
        });
        registry.start();
        try (SmallDisk disk = SmallDisk.at(folder, 1)) {
            URI address = URI.create("http://127.0.0.1:" + registry.getAddress().getPort() + "/a.tgz");
            Artefact artefact = new Artefact("a", "a.tgz", new ContentHash("sha1", "0".repeat(40)), List.of(address));
            Downloads downloads = new Downloads(new ArtefactCache(disk.folder().resolve("cache")));
            assertThat(catchThrowableOfType(UncheckedIOException.class, () -> downloads.fetch(artefact)))
                    .matches(DiskFull::isBehind);
        } finally {
            registry.stop(0);
        }
    }
}
