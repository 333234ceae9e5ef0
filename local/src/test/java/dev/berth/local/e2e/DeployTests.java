package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.testkit.GitServer;
import dev.berth.testkit.RealPart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job: from a repository to a URL, again, and back. */
@RealPart({"api", "docker", "nix", "temporal", "registry"})
final class DeployTests {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final int APPLICATION_LAYER_LIMIT = 100_000;

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
    void everyExampleAnswersAtItsUrl() {
        for (String example : new String[] {"hello-node", "express-node", "static-site"}) {
            String repository = git.create(example);
            git.commitCopyOf(example, EXAMPLES.resolve(example));
            try (App app = berth.create(example, repository)) {
                JsonNode deployment = app.deployed();
                assertThat(deployment.get("imageDigest").asText()).startsWith("sha256:");
                assertThat(app.visit().status()).as(example).isEqualTo(200);
                assertThat(app.service().get("status").asText()).isEqualTo("running");
                assertThat(app.service().get("currentDeploymentId").asText())
                        .isEqualTo(deployment.get("id").asText());
            }
        }
    }

    @Test
    void anUnchangedSourceIsNotBuiltAgainAndAOneLineChangePushesTheApplicationLayerAlone() {
        String repository = git.create("layers");
        git.commitCopyOf("layers", EXAMPLES.resolve("express-node"));
        try (App app = berth.create("layers", repository)) {
            JsonNode first = app.deployed();
            JsonNode again = app.deployed();
            assertThat(again.get("imageDigest")).isEqualTo(first.get("imageDigest"));
            JsonNode found = app.build(again.get("buildId").asText());
            assertThat(found.get("layersPushed").isNull()).as(found.toString()).isTrue();
            assertThat(found.get("steps").findValuesAsText("name"))
                    .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).contains("realise"));

            git.commit("layers", Map.of("src/extra.ts", "export const extra = 'one line';\n"));
            JsonNode changed = app.deployed();
            JsonNode build = app.build(changed.get("buildId").asText());
            System.out.println("A one-line change pushed " + build.get("bytesPushed") + " bytes in "
                    + build.get("layersPushed") + " of " + build.get("layers") + " layers.");
            assertThat(build.get("bytesPushed").asLong()).isLessThan(APPLICATION_LAYER_LIMIT);
            assertThat(build.get("layersPushed").asInt()).isEqualTo(1);
        }
    }

    @Test
    void aRollBackPutsTheFormerVersionInFrontAtOnce() {
        String repository = git.create("back");
        git.commitCopyOf("back", EXAMPLES.resolve("hello-node"));
        try (App app = berth.create("back", repository, "env", Map.of("GREETING", "one"))) {
            app.deployed();
            app.set("env", Map.of("GREETING", "two"));
            app.deployed();
            assertThat(app.visit().body().strip()).isEqualTo("two");
            app.rollBack();
            app.awaitAnswer("one", Duration.ofSeconds(90));
        }
    }
}
