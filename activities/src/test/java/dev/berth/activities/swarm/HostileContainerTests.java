package dev.berth.activities.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.testkit.RealPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a tenant that means harm can do from inside its own container, on the real engine. */
@RealPart({"docker", "registry", "app"})
final class HostileContainerTests {
    private TwoTenants tenants;

    @BeforeEach
    void start() throws Exception {
        tenants = new TwoTenants();
    }

    @AfterEach
    void end() throws Exception {
        tenants.close();
    }

    @Test
    void thereIsNoWayOutOfTheContainer() {
        Map<String, String> outcome =
                tenants.app(tenants.mallory, "shop", Map.of()).tries("escape");
        for (String forbidden : List.of(
                "raw socket",
                "packet socket",
                "mount",
                "setuid 0",
                "user namespace",
                "device",
                "host name",
                "chroot")) {
            assertThat(outcome.get(forbidden)).as(forbidden).isEqualTo("operation not permitted");
        }
        assertThat(outcome.get("kernel setting")).isIn("read-only file system", "permission denied");
        assertThat(outcome.get("kernel memory"))
                .isIn("permission denied", "operation not permitted", "no such file or directory");
        assertThat(outcome)
                .containsEntry("engine's socket", "no such file or directory")
                .containsEntry("engine's socket in /run", "no such file or directory")
                .containsEntry("CapEff", "0000000000000000")
                .containsEntry("CapBnd", "0000000000000000")
                .containsEntry("NoNewPrivs", "1")
                .containsEntry("Uid", "1000 1000 1000 1000")
                .containsEntry("mount /", "ro");
        assertThat(outcome.keySet().stream()
                        .filter(key -> key.startsWith("mount /"))
                        .filter(key -> outcome.get(key).equals("rw")))
                .allMatch(key ->
                        key.matches("mount /(proc.*|dev|dev/(pts|shm|mqueue)|sys/fs/cgroup|tmp|home/app|etc/.*)"));
    }

    @Test
    void aForkBombStopsAtItsLimitWhileOthersAnswer() {
        // Enough memory for every process that it may have, so that it is not memory that stops it.
        Intruder mallory = tenants.app(tenants.mallory, "shop", Map.of(), 512L << 20);
        Intruder alice = tenants.app(tenants.alice, "till", Map.of());
        CompletableFuture<Map<String, String>> bomb =
                CompletableFuture.supplyAsync(() -> mallory.tries("fork", "2000"));
        do {
            assertThat(alice.tries("dial", "till:8080")).containsEntry("till:8080", "open");
        } while (!bomb.isDone());
        Map<String, String> outcome = bomb.join();
        assertThat(outcome).containsEntry("error", "resource temporarily unavailable");
        assertThat(Integer.parseInt(outcome.get("started"))).isBetween(1, 512);
    }

    @Test
    void aMemoryBombEndsItselfAndNobodyElse() {
        Intruder mallory = tenants.app(tenants.mallory, "shop", Map.of());
        Intruder alice = tenants.app(tenants.alice, "till", Map.of());
        Intruder.Attempt bomb = mallory.attempt("allocate", List.of("512"));
        assertThat(bomb.exitCode()).isEqualTo(137);
        assertThat(bomb.said().has("allocated")).isFalse();
        assertThat(alice.tries("dial", "till:8080")).containsEntry("till:8080", "open");
        // The app itself lives on or is started again.
        await().atMost(Duration.ofSeconds(90))
                .until(() -> tenants.mallory.revisions.wantedTasks(tenants.mallory.revisions.all()).values().stream()
                        .flatMap(List::stream)
                        .anyMatch(Task::serves));
    }

    @Test
    void aFloodOfLogLinesIsBoundedOnDisk() throws IOException {
        Intruder mallory = tenants.app(tenants.mallory, "shop", Map.of("FLOOD", "60"));
        String logs = "/containers/" + mallory.container() + "/logs?stdout=true&tail=1";
        await().atMost(Duration.ofSeconds(90))
                .until(() -> new String(mallory.engine().read(logs), StandardCharsets.ISO_8859_1).contains("flooded"));
        JsonNode found = mallory.engine().get("/containers/" + mallory.container() + "/json");
        long bytes = 0;
        try (Stream<Path> files =
                Files.list(Path.of(found.path("LogPath").asText()).getParent())) {
            for (Path file :
                    files.filter(name -> name.toString().contains("-json.log")).toList()) {
                bytes += Files.size(file);
            }
        }
        assertThat(bytes).isBetween(1L << 20, 21L << 20);
    }

    @Test
    void theDiskCannotBeFilledAndWritableFoldersEndWithNoSpace() {
        Intruder mallory = tenants.app(tenants.mallory, "shop", Map.of());
        long each = TwoTenants.MEMORY / 4 >> 20;
        assertThat(mallory.tries("write", "/tmp")).containsEntry("/tmp", each + " MB, no space left on device");
        assertThat(mallory.tries("write", "/home/app"))
                .containsEntry("/home/app", each + " MB, no space left on device");
        assertThat(mallory.tries("write", "/", "/etc", "/bin", "/dev", "/proc", "/sys/fs/cgroup")
                        .values())
                .allMatch(word -> word.startsWith("0 MB"));
        assertThat(mallory.tries("dial", "127.0.0.1:8080").values()).containsOnly("open");
    }
}
