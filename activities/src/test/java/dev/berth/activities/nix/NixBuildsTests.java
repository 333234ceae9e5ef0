package dev.berth.activities.nix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.domain.Failure;
import dev.berth.domain.nix.NixDaemon;
import dev.berth.testkit.RealPart;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RealPart("nix")
class NixBuildsTests {
    private static final long SMALL_LAYER = 100_000;

    @TempDir
    Path folder;

    @Test
    void anAppWithoutDependenciesBecomesAPathThatStartsIt() throws IOException {
        Builder builder = Builder.onTheRealStore();

        String output = builder.build(Builder.example("hello-node"));

        assertThat(builder.store.physical(output + "/bin/start")).content().contains("exec node server.js");
        assertThat(Files.readSymbolicLink(builder.store.physical(output + "/nix-support/berth-probe")))
                .asString()
                .endsWith("/bin/berth-probe");
        assertThat(builder.store.closure(output).stream().map(NixStore.Member::path))
                .endsWith(output)
                .anyMatch(path -> path.endsWith("-nodejs-22"))
                .noneMatch(path -> path.contains("npm"));
    }

    @Test
    void anAppWithDependenciesIsBuiltByItsScriptAndKeepsOnlyWhatItRunsWith() throws IOException {
        Builder builder = Builder.onTheRealStore();

        String output = builder.build(Builder.example("express-node"));

        assertThat(builder.store.physical(output + "/app/dist/server.js")).exists();
        List<String> paths = builder.store.closure(output).stream()
                .map(NixStore.Member::path)
                .toList();
        String modules = paths.stream()
                .filter(path -> path.endsWith("-node-modules"))
                .findFirst()
                .orElseThrow();
        assertThat(builder.store.physical(modules + "/node_modules/express")).exists();
        assertThat(paths).noneMatch(path -> path.endsWith("-node-modules-development"));
    }

    @Test
    void aSiteIsServedByTheStaticServer() throws IOException {
        Builder builder = Builder.onTheRealStore();

        String output = builder.build(Builder.example("static-site"));

        assertThat(builder.store.physical(output + "/www/index.html")).exists();
        assertThat(builder.store.closure(output).stream().map(NixStore.Member::path))
                .anyMatch(path -> path.endsWith("-berth-server"))
                .noneMatch(path -> path.contains("node"));
    }

    @Test
    void aChangedLineMakesOneSmallNewPath() throws IOException {
        Builder builder = Builder.onTheRealStore();
        Path app = Builder.copyOf(Builder.example("express-node"), folder.resolve("app"));
        List<NixStore.Member> before = builder.store.closure(builder.build(app));
        Path source = app.resolve("src/server.ts");
        Files.writeString(source, Files.readString(source).replace("version 1", "version " + System.nanoTime()));
        builder.log.clear();

        List<NixStore.Member> after = builder.store.closure(builder.build(app));

        assertThat(after)
                .filteredOn(member -> !before.contains(member))
                .singleElement()
                .satisfies(app2 -> {
                    assertThat(app2.path()).endsWith("-app");
                    assertThat(app2.narSize()).isLessThan(SMALL_LAYER);
                });
        assertThat(builder.log).filteredOn(line -> line.startsWith("building ")).containsExactly("building app");
    }

    @Test
    void anUnchangedSourceIsNotBuiltAgain() throws IOException {
        Builder builder = Builder.onTheRealStore();
        String first = builder.build(Builder.example("hello-node"));
        builder.log.clear();

        String second = builder.build(Builder.copyOf(Builder.example("hello-node"), folder.resolve("clone")));

        assertThat(second).isEqualTo(first);
        assertThat(builder.log).isEmpty();
    }

    /** What bash calls {@code -d} and {@code -u}: kibibytes of data of one process, and processes of one user. */
    @Test
    void aBuildIsTheFirstToGoAndHasLimits() throws IOException {
        Builder builder = Builder.onTheRealStore();
        Files.writeString(folder.resolve("server.js"), "// " + System.nanoTime());
        Files.writeString(folder.resolve("package.json"), """
                {"scripts": {"build": "echo limits $(ulimit -d) $(ulimit -u) $(cat /proc/self/oom_score_adj)",
                             "start": "node server.js"}}
                """);

        builder.build(folder);

        assertThat(builder.log)
                .contains("limits " + (NixDaemon.PROCESS_BYTES >> 10) + " " + NixDaemon.BUILD_PROCESSES + " "
                        + NixDaemon.FIRST_TO_GO);
    }

    @Test
    void aBuildThatTakesMoreMemoryThanItMayFails() throws IOException {
        Builder builder = Builder.onTheRealStore();
        Files.writeString(folder.resolve("server.js"), "// " + System.nanoTime());
        Files.writeString(folder.resolve("package.json"), """
                {"scripts": {"build": "node -e 'const all = []; for (let i = 0; i < 6; i++) all.push(new ArrayBuffer(2 ** 30))'",
                             "start": "node server.js"}}
                """);

        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, () -> builder.build(folder));

        assertThat(failure.getType()).isEqualTo("BUILD_SCRIPT_FAILED");
        assertThat(builder.log).anyMatch(line -> line.contains("Array buffer allocation failed"));
    }

    @Test
    void aFailingBuildScriptIsReportedWithItsLastLines() throws IOException {
        Builder builder = Builder.onTheRealStore();
        Files.writeString(folder.resolve("server.js"), "// " + System.nanoTime());
        Files.writeString(folder.resolve("package.json"), """
                {"scripts": {"build": "echo the colour is wrong; exit 7", "start": "node server.js"}}
                """);

        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, () -> builder.build(folder));

        assertThat(failure.getType()).isEqualTo("BUILD_SCRIPT_FAILED");
        assertThat(failure.isNonRetryable()).isTrue();
        Failure told = failure.getDetails().get(Failure.class);
        assertThat(told.sentence()).isEqualTo("The build script failed with exit code 7.");
        assertThat(told.evidence()).contains("the colour is wrong");
        assertThat(builder.log).contains("the colour is wrong");
    }

    @Test
    void aPackageThatTheRegistryLacksIsNamed() throws IOException {
        Builder builder = Builder.onTheRealStore();
        Files.writeString(folder.resolve("server.js"), "");
        Files.writeString(folder.resolve("package.json"), """
                {"dependencies": {"express": "999.0.0"}}
                """);
        Files.writeString(folder.resolve("package-lock.json"), """
                {"lockfileVersion": 3, "packages": {
                  "": {"dependencies": {"express": "999.0.0"}},
                  "node_modules/express": {"version": "999.0.0", "integrity": "sha1-qUqNxX4dYGVjk4E8W6y/K4LoZ0A="}}}
                """);

        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, () -> builder.build(folder));

        assertThat(failure.getType()).isEqualTo("DEPENDENCY_UNAVAILABLE");
        assertThat(failure.getOriginalMessage()).isEqualTo("There is no express 999.0.0 from npm.");
    }

    @Test
    void aPackageThatIsNotWhatTheLockFileSaysIsRefused() throws IOException {
        Builder builder = Builder.onTheRealStore();
        Files.writeString(folder.resolve("server.js"), "");
        Files.writeString(folder.resolve("package.json"), """
                {"dependencies": {"ms": "2.1.3"}}
                """);
        Files.writeString(folder.resolve("package-lock.json"), """
                {"lockfileVersion": 3, "packages": {
                  "": {"dependencies": {"ms": "2.1.3"}},
                  "node_modules/ms": {"version": "2.1.3", "integrity": "sha1-qUqNxX4dYGVjk4E8W6y/K4LoZ0A="}}}
                """);

        ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, () -> builder.build(folder));

        assertThat(failure.getType()).isEqualTo("DEPENDENCY_HASH_MISMATCH");
    }
}
