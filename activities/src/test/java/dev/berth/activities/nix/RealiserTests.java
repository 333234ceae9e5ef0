package dev.berth.activities.nix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.nix.NixDaemon;
import dev.berth.testkit.RealPart;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a build ends, told apart by what the real Nix says about it. */
@RealPart("nix")
class RealiserTests {
    @TempDir
    Path folder;

    private final Builder builder = Builder.onTheRealStore();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            echo before; exit 7                            |                   | BUILD_SCRIPT_FAILED
            echo before; sleep 9 & kill -9 $!; wait $!     |                   | BUILD_OUT_OF_MEMORY
            echo before; echo heap out of memory; exit 134 |                   | BUILD_OUT_OF_MEMORY
            echo before; sleep 30                          | --max-silent-time | BUILD_WENT_SILENT
            echo before; while sleep 1; do echo .; done    | --timeout         | BUILD_TIMED_OUT
            echo before; echo 'ENOSPC: System limit for number of file watchers reached'; exit 1 | | BUILD_SCRIPT_FAILED
            echo before; echo 'x: No space left on device'; exit 1             |   | NO_SPACE
            """)
    void theEndOfABuildIsToldApart(String script, String limit, FailureCode code) throws IOException {
        List<String> options = limit == null ? List.of() : List.of(limit, "2");
        String derivation = derivation(script);
        ApplicationFailure thrown = catchThrowableOfType(
                ApplicationFailure.class,
                () -> new Realiser(builder.store, options).realise(derivation, line -> {}, () -> {}));
        Failure failure = thrown.getDetails().get(0, Failure.class);
        assertThat(failure.code()).as(failure.toString()).isEqualTo(code);
        assertThat(failure.evidence()).contains("before");
        assertThat(thrown.isNonRetryable()).isTrue();
    }

    @Test
    void aDaemonThatIsNotThereIsWaitedFor() {
        NixStore store = new NixStore(new NixDaemon(folder));
        String path = "/nix/store/" + "0".repeat(32) + "-app";
        for (Runnable use : List.<Runnable>of(
                () -> store.missing(List.of(path), () -> {}),
                () -> new Realiser(store).realise(path + ".drv", line -> {}, () -> {}))) {
            ApplicationFailure thrown = catchThrowableOfType(ApplicationFailure.class, use::run);
            assertThat(thrown.getType()).as(thrown.toString()).isEqualTo(FailureCode.NIX_UNAVAILABLE.name());
            assertThat(thrown.isNonRetryable()).isFalse();
        }
    }

    private String derivation(String script) throws IOException {
        builder.prefetchPins();
        Path file = Files.writeString(folder.resolve("ends.nix"), """
                { pins, script, mark }:
                let core = import %s/lib/core.nix { pins = /. + pins; }; in
                core.make "ends" { inherit mark; } script
                """.formatted(Builder.PACKAGE_SET));
        Map<String, String> arguments = Map.of(
                "pins", builder.pins().toString(),
                "script", script,
                "mark", UUID.randomUUID().toString());
        return new Evaluator(builder.store)
                .evaluate(
                        new Evaluator.Expression(file, arguments, List.of(builder.pins(), Builder.PACKAGE_SET)),
                        () -> {});
    }
}
