package dev.berth.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.plan.BuildPlan.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanDetectorTests {
    private static final String LOCK = """
            {"lockfileVersion": 3, "packages": {
              "": {"dependencies": {"ms": "^2.1.3"}},
              "node_modules/ms": {"version": "2.1.3", "integrity": "sha512-AA=="}}}
            """;

    private final Map<String, String> files = new HashMap<>();

    @Test
    void aManifestWithALockFileIsANodeAppWithItsOwnScripts() {
        files.put("package.json", """
                {"scripts": {"build": "tsc", "start": "node dist/server.js"}, "dependencies": {"ms": "^2.1.3"}}
                """);
        files.put("package-lock.json", LOCK);

        BuildPlan plan = plan();

        assertThat(plan.kind()).isEqualTo(Kind.NODE);
        assertThat(plan.buildCommand()).contains("npm run build");
        assertThat(plan.startCommand()).contains("node dist/server.js");
        assertThat(plan.because()).contains("package-lock.json", "start script");
    }

    @Test
    void aManifestWithoutDependenciesNeedsNoLockFile() {
        files.put("package.json", "{\"scripts\": {\"start\": \"node server.js\"}}");

        assertThat(plan().kind()).isEqualTo(Kind.NODE_WITHOUT_DEPENDENCIES);
        assertThat(plan().buildCommand()).isEmpty();
    }

    @Test
    void withoutAStartScriptTheMainFileIsStarted() {
        files.put("package.json", "{\"main\": \"./src/app.js\"}");
        files.put("src/app.js", "");

        assertThat(plan().startCommand()).contains("node src/app.js");
    }

    @Test
    void aMainThatIsNoPlainPathIsNotStarted() {
        files.put("package.json", "{\"main\": \"a.js; rm -rf /\"}");
        files.put("a.js; rm -rf /", "");
        files.put("index.js", "");

        assertThat(plan().startCommand()).contains("node index.js");
    }

    @Test
    void withoutAMainFileServerJsIsStarted() {
        files.put("package.json", "{}");
        files.put("server.js", "");

        assertThat(plan().startCommand()).contains("node server.js");
    }

    @Test
    void aLoneServerJsIsAnApp() {
        files.put("server.js", "");
        files.put("index.html", "");

        assertThat(plan().kind()).isEqualTo(Kind.NODE_WITHOUT_DEPENDENCIES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "public/index.html", "dist/index.html"})
    void anIndexIsASite(String index) {
        files.put(index, "");

        assertThat(plan().kind()).isEqualTo(Kind.STATIC_SITE);
        assertThat(plan().siteDirectory()).contains(index.contains("/") ? index.split("/")[0] : ".");
        assertThat(plan().startCommand()).isEmpty();
    }

    @Test
    void aManifestThatStartsNothingBesideAnIndexIsASite() {
        files.put("package.json", "{\"name\": \"page\"}");
        files.put("index.html", "");

        assertThat(plan().kind()).isEqualTo(Kind.STATIC_SITE);
    }

    @Test
    void anEmptyTreeIsNotRecognised() {
        assertThat(refused().code()).isEqualTo(FailureCode.APP_NOT_RECOGNISED);
        assertThat(refused().suggestion()).contains("Node.js", "static sites");
    }

    @Test
    void anAppOfAnotherKindIsNamed() {
        files.put("requirements.txt", "flask");

        assertThat(refused().code()).isEqualTo(FailureCode.APP_NOT_RECOGNISED);
        assertThat(refused().sentence()).contains("a Python app");
    }

    @Test
    void aManifestThatIsNoJsonIsNamedWithItsLine() {
        files.put("package.json", "{\n  \"name\": oops\n}");

        assertInvalid("package.json is not JSON: line 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"text\"", ""})
    void aManifestThatIsNoObjectIsRefused(String text) {
        files.put("package.json", text);

        assertInvalid("package.json is not a JSON object");
    }

    @Test
    void aScriptThatIsNoStringIsNamed() {
        files.put("package.json", "{\"scripts\": {\"start\": 5}}");

        assertInvalid("“scripts.start” in package.json is not a string");
    }

    @Test
    void dependenciesWithoutALockFileAreRefused() {
        files.put("package.json", "{\"dependencies\": {\"ms\": \"1\"}}");
        files.put("server.js", "");
        files.put("yarn.lock", "");

        assertInvalid("there is no package-lock.json");
        assertThat(refused().sentence()).contains("does not read yarn.lock");
        assertThat(refused().suggestion()).contains("npm install --package-lock-only");
    }

    @Test
    void aLockFileOfVersionOneIsRefused() {
        files.put("package.json", "{\"dependencies\": {\"ms\": \"1\"}, \"scripts\": {\"start\": \"x\"}}");
        files.put("package-lock.json", "{\"lockfileVersion\": 1, \"dependencies\": {}}");

        assertInvalid("version 1");
    }

    @Test
    void aLockFileForAnotherManifestIsRefused() {
        files.put("package.json", "{\"dependencies\": {\"ms\": \"^3.0.0\"}, \"scripts\": {\"start\": \"x\"}}");
        files.put("package-lock.json", LOCK);

        assertInvalid("they differ in ms");
    }

    @Test
    void workspacesAreRefused() {
        files.put("package.json", "{\"workspaces\": [\"a\"]}");

        assertInvalid("workspaces");
    }

    @Test
    void aManifestThatSaysNotHowItStartsIsRefused() {
        files.put("package.json", "{\"dependencies\": {\"ms\": \"^2.1.3\"}}");
        files.put("package-lock.json", LOCK);

        assertInvalid("does not say how the app starts");
    }

    @Test
    void aFileThatCannotBeReadIsRefused() {
        SourceTree tree = new SourceTree() {
            @Override
            public boolean hasFile(String path) {
                return path.equals("package.json");
            }

            @Override
            public Optional<String> text(String path) {
                return Optional.empty();
            }
        };

        assertThat(((Detection.Refused) PlanDetector.detect(tree)).failure().sentence())
                .contains("package.json cannot be read");
    }

    private BuildPlan plan() {
        return ((Detection.Recognised) PlanDetector.detect(SourceTree.of(files))).plan();
    }

    private Failure refused() {
        return ((Detection.Refused) PlanDetector.detect(SourceTree.of(files))).failure();
    }

    private void assertInvalid(String says) {
        assertThat(refused().code()).isEqualTo(FailureCode.APP_INVALID);
        assertThat(refused().sentence()).contains(says);
    }
}
