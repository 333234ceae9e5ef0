package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.testkit.GitServer;
import dev.berth.testkit.RealPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way in which a repository or an app can be wrong: the deployment ends where it should, the user reads what to do,
 * nothing is left behind, and what served before still serves.
 */
@RealPart({"api", "docker", "nix", "temporal", "registry"})
final class BadInputTests {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final String HEALTH_500 = """
            require('node:http').createServer((q, r) => { r.statusCode = 500; r.end(); }).listen(process.env.PORT);
            """;
    private static final String NO_PORT = "setInterval(() => {}, 1000); console.log('I listen to nobody');\n";
    private static final String CRASH = "console.log('no configuration, leaving'); process.exit(3);\n";
    private static final String LOOPBACK = """
            require('node:http').createServer((q, r) => r.end()).listen(process.env.PORT, '127.0.0.1');
            """;
    private static final String OTHER_PORT = "require('node:http').createServer((q, r) => r.end()).listen(3999);\n";
    private static final String EXIT = "console.log('done, good bye');\n";
    private static final String NO_PROGRAM = """
            {"name": "bad", "version": "1.0.0", "private": true, "scripts": {"start": "no-such-program --serve"}}
            """;
    private static final String FAILING_BUILD = """
            {"name": "bad", "version": "1.0.0", "private": true,
             "scripts": {"build": "echo the build says why; exit 7", "start": "node server.js"}}
            """;

    @TempDir
    private static Path folder;

    private static GitServer git;
    private final RunningBerth berth = new RunningBerth();

    @BeforeAll
    static void serveRepositories() {
        git = GitServer.start(folder);
        git.create("good");
        git.commitCopyOf("good", EXAMPLES.resolve("hello-node"));
        git.create("empty");
        git.create("private");
        git.commitCopyOf("private", EXAMPLES.resolve("hello-node"));
        git.protect("private", "user", "canary-password");
        git.create("nothing");
        git.commit("nothing", Map.of("notes.txt", "nothing to run\n"));
        broken("failing-build", "package.json", FAILING_BUILD);
        broken("health-500", "server.js", HEALTH_500);
        broken("no-port", "server.js", NO_PORT);
        broken("crash", "server.js", CRASH);
        broken("loopback", "server.js", LOOPBACK);
        broken("other-port", "server.js", OTHER_PORT);
        broken("exit", "server.js", EXIT);
        broken("no-program", "package.json", NO_PROGRAM);
    }

    private static void broken(String name, String file, String content) {
        git.create(name);
        git.commitCopyOf(name, EXAMPLES.resolve("hello-node"));
        git.commit(name, Map.of(file, content));
    }

    @AfterAll
    static void stopServing() {
        git.close();
    }

    static Stream<Arguments> wrongs() {
        return Stream.of(
                Arguments.of("missing", "main", "repository_not_found", ""),
                Arguments.of("good", "no-such-branch", "branch_not_found", ""),
                Arguments.of("private", "main", "repository_authentication", ""),
                Arguments.of("empty", "main", "repository_empty", ""),
                Arguments.of("nothing", "main", "app_not_recognised", ""),
                Arguments.of("failing-build", "main", "build_script_failed", "the build says why"),
                Arguments.of("no-port", "main", "port_not_opened", ""),
                Arguments.of("health-500", "main", "never_healthy", "500"),
                Arguments.of("crash", "main", "crashed_on_start", "no configuration, leaving"),
                Arguments.of("loopback", "main", "listens_on_loopback", "listening are 127.0.0.1:"),
                Arguments.of("other-port", "main", "listens_on_another_port", "3999"),
                Arguments.of("exit", "main", "exited_on_start", "done, good bye"),
                Arguments.of("no-program", "main", "start_command_not_found", "no-such-program"));
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @MethodSource("wrongs")
    void aWrongRepositoryOrAppEndsAsFailedAndLeavesNothing(
            String repository, String branch, String code, String evidence) {
        try (App app = berth.create("wrong", git.url(repository), "gitBranch", branch)) {
            impatient(app, code);
            JsonNode deployment = app.ended(app.deploy());
            assertThat(deployment.get("status").asText()).isEqualTo("failed");
            assertReason(deployment.get("reason"), code, evidence);
            assertThat(Launcher.docker("service", "ls", "--quiet", "--filter", "label=berth.service=" + app.id()))
                    .isEmpty();
            if (!deployment.get("buildId").isNull()
                    && !app.build(deployment.get("buildId").asText())
                            .get("status")
                            .asText()
                            .equals("succeeded")) {
                assertThat(Registry.tagsOf(app)).isEmpty();
                assertThat(rootsOf(deployment.get("buildId").asText())).isEmpty();
            }
            assertThat(app.service().get("status").asText()).isEqualTo("failed");
        }
    }

    /** What runs and never gets healthy takes the whole of its deadline. */
    private static void impatient(App app, String code) {
        if (Set.of("port_not_opened", "never_healthy", "listens_on_loopback", "listens_on_another_port")
                .contains(code)) {
            app.set("healthDeadlineSeconds", 15);
        }
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @MethodSource("wrongs")
    void whatServedBeforeStillServes(String repository, String branch, String code, String evidence) {
        try (App app = berth.create("kept", git.url("good"))) {
            JsonNode good = app.deployed();
            app.set("gitUrl", git.url(repository));
            app.set("gitBranch", branch);
            impatient(app, code);
            JsonNode bad = app.ended(app.deploy());
            assertThat(bad.get("status").asText()).isEqualTo("failed");
            assertReason(bad.get("reason"), code, evidence);
            assertThat(app.visit().body().strip()).isEqualTo("hello from version 1");
            assertThat(app.service().get("currentDeploymentId")).isEqualTo(good.get("id"));
            assertThat(app.service().get("status").asText()).isEqualTo("running");
        }
    }

    @Test
    void anImageBiggerThanTheFreeSpaceFailsAndLeavesWhatServes() {
        git.create("big");
        git.commitCopyOf("big", EXAMPLES.resolve("hello-node"));
        try (App app = berth.create("big", git.url("big"))) {
            JsonNode good = app.deployed();
            git.commit("big", Map.of("more.txt", "a source of its own, " + System.nanoTime()));
            JsonNode bad;
            // Node alone is more than half of what the packer keeps free and this disk has beyond it.
            try (SmallDisk full = SmallDisk.inPlaceOf(layersFolder(), 300)) {
                bad = app.ended(app.deploy());
            }
            assertThat(bad.get("status").asText()).isEqualTo("failed");
            assertReason(bad.get("reason"), "no_space", "");
            assertThat(bad.get("reason").get("sentence").asText())
                    .containsPattern("needs up to \\d+ MB .* \\d+ MB are free");
            assertThat(Registry.tagsOf(app)).hasSize(1);
            assertThat(rootsOf(bad.get("buildId").asText())).isEmpty();
            assertThat(app.visit().body().strip()).isEqualTo("hello from version 1");
            assertThat(app.service().get("currentDeploymentId")).isEqualTo(good.get("id"));
            // With room again, the same commit goes out.
            assertThat(app.deployed().get("imageDigest")).isNotEqualTo(good.get("imageDigest"));
        }
    }

    @Test
    void anAddressInsideIsRefusedWhereNobodyAllowedIt() {
        try (App app = berth.create("inside", "http://169.254.169.254/latest.git")) {
            JsonNode deployment = app.ended(app.deploy());
            assertThat(deployment.get("status").asText()).isEqualTo("failed");
            assertReason(deployment.get("reason"), "repository_not_allowed", "");
        }
    }

    private static void assertReason(JsonNode reason, String code, String evidence) {
        assertThat(reason.get("code").asText()).as(reason.toString()).isEqualToIgnoringCase(code);
        assertThat(reason.get("sentence").asText()).isNotBlank();
        assertThat(reason.get("suggestion").asText()).isNotBlank();
        assertThat(reason.get("evidence").asText()).contains(evidence);
        assertThat(reason.toString()).doesNotContain("canary");
    }

    private static Path layersFolder() {
        return Path.of(RunningBerth.variable("CACHE_DIRECTORY"), "layers");
    }

    /** What keeps a build's paths alive in the Nix store. */
    private static List<Path> rootsOf(String build) {
        Path store = Path.of(RunningBerth.variable("BERTH_TEST_NIX"));
        try (Stream<Path> paths = Files.walk(store.resolve("nix/var/nix/gcroots"))) {
            return paths.filter(path -> path.toString().contains(build)).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
