package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.testkit.GitServer;
import dev.berth.testkit.RealPart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that stays, on the whole stack, for an app that Berth built. */
@RealPart({"api", "docker", "nix", "temporal", "registry"})
final class VolumeTests {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Duration SOON = Duration.ofMinutes(1);
    /** Each start adds a word; the answer is all of them. */
    private static final String SERVER = """
            const fs = require('node:fs');
            fs.appendFileSync('/data/starts', process.env.SAYS + ' ');
            require('node:http').createServer((request, response) => {
              response.end(fs.readFileSync('/data/starts', 'utf8'));
            }).listen(process.env.PORT);
            """;

    @TempDir
    private static Path folder;

    private static GitServer git;
    private final RunningBerth berth = new RunningBerth();

    @BeforeAll
    static void serveRepositories() {
        git = GitServer.start(folder);
    }

    @AfterAll
    static void stopServing() {
        git.close();
    }

    @Test
    void whatAnAppWritesStaysUntilItsServiceIsDeleted() {
        String id;
        try (App app = serving();
                RunningVersions versions = RunningVersions.watched(app.id())) {
            id = app.id();
            app.awaitAnswer("a", SOON);
            assertThat(app.service().get("volumeHost").asText())
                    .isEqualTo(Launcher.docker("info", "--format", "{{.Swarm.NodeID}}"));
            app.set("env", Map.of("SAYS", "b"));
            succeeded(app, "restart");
            app.awaitAnswer("a b", SOON);
            succeeded(app, "rollback");
            app.awaitAnswer("a b a", SOON);
            succeeded(app, "stop");
            assertThat(volumes(id)).hasSize(1);
            succeeded(app, "start");
            app.awaitAnswer("a b a a", SOON);
            assertThat(versions.overlaps()).isEmpty();
        }
        assertThat(volumes(id)).isEmpty();
    }

    @Test
    void oneThatAServiceLeftBehindIsReportedAndNotRemoved() {
        try (App app = serving();
                BehindTheBack back = new BehindTheBack()) {
            String instance = Launcher.docker(
                    "volume",
                    "inspect",
                    "--format",
                    "{{index .Labels \"berth.instance\"}}",
                    volumes(app.id()).getFirst());
            String gone = UUID.randomUUID().toString();
            String name = "berth-" + instance + "-" + gone;
            Launcher.docker(
                    "volume",
                    "create",
                    "--label",
                    "berth.instance=" + instance,
                    "--label",
                    "berth.organization=" + UUID.randomUUID(),
                    "--label",
                    "berth.service=" + gone,
                    name);
            try {
                RunningBerth.await(
                        "the report", SOON, () -> open(back, name).stream().findFirst());
                assertThat(volumes(gone)).containsExactly(name);
            } finally {
                Launcher.docker("volume", "rm", name);
            }
            RunningBerth.await(
                    "the end of the report",
                    SOON,
                    () -> Optional.of(open(back, name)).filter(List::isEmpty));
            assertThat(back.ask(
                            "select id from reconcile_findings where kind = 'volume_left_behind' and subject like ?",
                            "%" + app.id()))
                    .as("of a service that is there")
                    .isEmpty();
        }
    }

    private static List<String> open(BehindTheBack back, String name) {
        return back.ask(
                "select id from reconcile_findings where kind = 'volume_left_behind' and subject = ? and closed_at is null",
                name);
    }

    private static List<String> volumes(String service) {
        return Launcher.docker("volume", "ls", "--quiet", "--filter", "label=berth.service=" + service)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static void succeeded(App app, String action) {
        JsonNode ended = app.operated(action, Map.of());
        assertThat(ended.get("status").asText()).as(ended.toString()).isEqualTo("succeeded");
    }

    private App serving() {
        String name = "keeps-" + UUID.randomUUID().toString().substring(24);
        String repository = git.create(name);
        git.commitCopyOf(name, EXAMPLES.resolve("hello-node"));
        git.commit(name, Map.of("server.js", SERVER));
        App app = berth.create(
                name, repository, "env", Map.of("SAYS", "a"), "soakSeconds", 1, "strategy", "recreate", "volumeMb", 64);
        app.deployed();
        return app;
    }
}
