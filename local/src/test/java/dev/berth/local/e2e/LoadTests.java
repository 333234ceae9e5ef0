package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.testkit.GitServer;
import dev.berth.testkit.RealPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests of every kind at a steady rate through deployments, roll-backs, scales and restarts: none is lost. Ten operations in every
 * run, fifty with {@code ./berth test load}.
 */
@RealPart({"api", "docker", "nix", "temporal", "registry"})
final class LoadTests {
    private static final Path APP = Path.of("src", "test", "resources", "load");
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private final List<String> wrong = new ArrayList<>();

    @Test
    void noRequestIsLostThroughMixedOperations() throws IOException {
        boolean whole = "all".equals(System.getenv("BERTH_TEST_EXTENT"));
        int operations = whole ? 50 : 10;
        try (GitServer git = GitServer.start(folder)) {
            String repository = git.create("load");
            git.commitCopyOf("load", APP);
            RunningBerth berth = new RunningBerth();
            try (App app = berth.create("load", repository, "soakSeconds", 1)) {
                app.deployed();
                app.deployed();
                app.awaitAnswer("hello", SOON);
                LoadVisitors visitors = new LoadVisitors(app);
                try (visitors) {
                    for (int i = 0; i < operations; i++) {
                        operate(app, i, visitors);
                    }
                }
                tell(operations, visitors);
                assertThat(wrong).isEmpty();
                assertThat(visitors.failures()).isEmpty();
                for (LoadVisitors.Kind kind : LoadVisitors.Kind.values()) {
                    assertThat(visitors.answered(kind)).as(kind.toString()).isPositive();
                }
                if (whole) {
                    // Ten operations may end before a replica goes that holds one.
                    assertThat(visitors.drained())
                            .as("WebSockets that were drained")
                            .isPositive();
                }
            }
        }
    }

    private void operate(App app, int number, LoadVisitors visitors) {
        String action =
                List.of("deploy", "rollback", "scale", "restart", "scale").get(number % 5);
        Map<String, Object> body = switch (number % 5) {
            case 2 -> Map.of("replicas", 2);
            case 4 -> Map.of("replicas", 1);
            default -> Map.of();
        };
        visitors.during(action + " " + body);
        JsonNode operation = app.operated(action, body);
        if (!operation.get("status").asText().equals("succeeded")) {
            wrong.add(operation.toString());
        }
    }

    private static void tell(int operations, LoadVisitors visitors) throws IOException {
        Map<String, Integer> byKind = new TreeMap<>();
        visitors.failures().forEach(failure -> byKind.merge(failure, 1, Integer::sum));
        for (LoadVisitors.Kind kind : LoadVisitors.Kind.values()) {
            System.out.printf("load: %-9s %6d answered%n", kind, visitors.answered(kind));
        }
        byKind.forEach((failure, times) -> System.out.printf("load: failed %d × %s%n", times, failure));
        String figures = "%d operations, %d requests, %d failed; %d WebSockets were drained"
                .formatted(operations, visitors.answered(), visitors.failures().size(), visitors.drained());
        Files.writeString(
                Files.createDirectories(Path.of("target/figures")).resolve("load.txt"), "load: " + figures + "\n");
    }
}
