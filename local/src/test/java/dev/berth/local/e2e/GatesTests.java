package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.testkit.GitServer;
import dev.berth.testkit.RealPart;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New versions that wait for an approval or a deploy window, on the whole stack. */
@RealPart({"api", "docker", "nix", "temporal", "registry"})
final class GatesTests {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

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
    void aNewVersionWaitsForAnApprovalAndEverythingElsePassesIt() {
        try (App app = serving("approved", "GREETING", "one")) {
            app.set("approvalRequired", true);
            app.set("env", Map.of("GREETING", "two"));
            String operation = app.asked("deploy", Map.of());
            JsonNode waiting = awaitWait(app, operation, "approval");
            String deployment = waiting.get("deploymentId").asText();
            JsonNode held = app.deployment(deployment);
            assertThat(held.get("status").asText()).isEqualTo("pending");
            assertThat(held.get("imageDigest").asText()).as("it is built").startsWith("sha256:");

            assertThat(app.operated("scale", Map.of("replicas", 2))
                            .get("status")
                            .asText())
                    .isEqualTo("succeeded");
            assertThat(app.operated("stop", Map.of()).get("status").asText()).isEqualTo("succeeded");
            assertThat(app.operated("start", Map.of()).get("status").asText()).isEqualTo("succeeded");
            app.awaitAnswer("one", SOON);
            // Whoever waits has no workflow that could die: the engine room may be replaced under it.
            Launcher.killAndAwaitReturn("temporal-worker");
            Launcher.killAndAwaitReturn("temporal");
            assertThat(app.operation(operation).get("waitingFor").asText()).isEqualTo("approval");

            assertThat(app.ask("deployments/" + deployment + "/approve", Map.of())
                            .status())
                    .isEqualTo(202);
            assertThat(app.operationEnded(operation).get("status").asText()).isEqualTo("succeeded");
            app.awaitAnswer("two", SOON);
            assertThat(app.deployment(deployment).get("approvedAt").isNull()).isFalse();
            assertThat(app.ask("deployments/" + deployment + "/approve", Map.of())
                            .status())
                    .isEqualTo(409);
        }
    }

    @Test
    void aNewerPushTakesItsPlaceAndARejectedOneLeavesNothing() {
        try (App app = serving("rejected", "GREETING", "one")) {
            app.set("approvalRequired", true);
            String older = app.asked("deploy", Map.of());
            awaitWait(app, older, "approval");
            String newer = app.asked("deploy", Map.of());
            JsonNode waiting = awaitWait(app, newer, "approval");
            assertThat(app.operation(older).get("status").asText()).isEqualTo("superseded");

            String deployment = waiting.get("deploymentId").asText();
            assertThat(app.ask("deployments/" + deployment + "/reject", Map.of())
                            .status())
                    .isEqualTo(202);
            JsonNode ended = app.operation(newer);
            assertThat(ended.get("status").asText()).isEqualTo("cancelled");
            assertThat(ended.at("/reason/code").asText()).isEqualTo("rejected");
            assertThat(app.deployment(deployment).get("status").asText()).isEqualTo("cancelled");
            app.awaitAnswer("one", SOON);
            assertThat(app.service().get("status").asText()).isEqualTo("running");
        }
    }

    @Test
    void anotherWaitsForItsWindowAndGoesOnByItself() {
        try (App app = serving("window", "GREETING", "one")) {
            ZonedDateTime opens = nextMinute();
            app.set(
                    "deployWindows",
                    List.of(Map.of(
                            "days", List.of(opens.getDayOfWeek().name().toLowerCase(Locale.ROOT)),
                            "from", TIME.format(opens),
                            "until", TIME.format(opens.plusHours(1)))));
            app.set("env", Map.of("GREETING", "two"));
            String operation = app.asked("deploy", Map.of());
            JsonNode waiting = awaitWait(app, operation, "window");
            assertThat(waiting.get("waitsUntil").asText())
                    .isEqualTo(opens.toInstant().toString());
            assertThat(app.operated("rollback", Map.of()).get("status").asText())
                    .as("what served before passes freely")
                    .isEqualTo("succeeded");
            JsonNode ended = RunningBerth.await(
                    "the window's deployment",
                    Duration.ofMinutes(4),
                    () -> Optional.of(app.operation(operation))
                            .filter(row -> !row.get("finishedAt").isNull()));
            assertThat(ended.get("status").asText()).isEqualTo("succeeded");
            assertThat(Instant.parse(ended.get("startedAt").asText())).isAfterOrEqualTo(opens.toInstant());
            app.awaitAnswer("two", SOON);
        }
    }

    /** The next that leaves time to find the image that is built already. */
    private static ZonedDateTime nextMinute() {
        return ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(120).truncatedTo(ChronoUnit.MINUTES);
    }

    private static JsonNode awaitWait(App app, String operation, String reason) {
        return RunningBerth.await(
                "operation " + operation + " to wait for " + reason,
                RunningBerth.BUILD,
                () -> Optional.of(app.operation(operation))
                        .filter(row -> row.get("waitingFor").asText().equals(reason)));
    }

    /** Two versions of it are kept, so that one can be gone back to. */
    private App serving(String name, String variable, String value) {
        String repository = git.create(name);
        git.commitCopyOf(name, EXAMPLES.resolve("hello-node"));
        App app = berth.create(name, repository, "env", Map.of(variable, value), "soakSeconds", 1);
        app.deployed();
        app.deployed();
        app.awaitAnswer(value, SOON);
        return app;
    }
}
