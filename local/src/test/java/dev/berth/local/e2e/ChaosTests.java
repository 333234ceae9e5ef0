package dev.berth.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.berth.testkit.GitServer;
import dev.berth.testkit.RealPart;
import dev.berth.testkit.TestTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Parts die with {@code kill -9} at named points of every operation: docs/CHAOS.md. The usual cells in every run, all of them with
 * {@code ./berth test chaos --all}; those whose line holds the text of {@code BERTH_TEST_CHAOS}, or whose numbers it gives as
 * {@code 12-40}, where that is set. First of all, since a run whose time is up leaves out what comes last.
 */
@Order(1)
@RealPart({"api", "docker", "nix", "temporal", "registry", "database", "failpoints"})
final class ChaosTests {
    private static final List<ChaosRun.Result> RESULTS = new ArrayList<>();

    @TempDir
    private static Path folder;

    private static GitServer git;
    private static ChaosRun run;

    @BeforeAll
    static void begin() {
        git = GitServer.start(folder);
        run = new ChaosRun(git);
    }

    @TestFactory
    Stream<DynamicTest> everyOperationSurvivesEveryCrash() {
        List<ChaosCell> cells = cells();
        System.out.printf(
                "chaos: %d cells, seed %d%n%-9s %-21s %-6s %-20s %-15s %7s %7s%n",
                cells.size(), ChaosTable.SEED, "", "operation", "when", "effect", "dies", "seconds", "visits");
        return cells.stream()
                .map(cell -> DynamicTest.dynamicTest(cell.toString(), () -> {
                    if (TestTime.STACK.isUp()) {
                        abort(TestTime.IS_UP);
                    }
                    ChaosRun.Result result = run.play(cell);
                    RESULTS.add(result);
                    System.out.printf(
                            "%4d/%-4d %s %7.1f %7d  %s%n",
                            RESULTS.size(),
                            cells.size(),
                            cell,
                            result.took().toMillis() / 1000.0,
                            result.visits(),
                            result.wrong().isEmpty() ? "ok" : "WRONG: " + String.join("; ", result.wrong()));
                    assertThat(result.wrong()).as(cell.toString()).isEmpty();
                }));
    }

    private static List<ChaosCell> cells() {
        List<ChaosCell> all = ChaosTable.all();
        Optional<String> chosen =
                Optional.ofNullable(System.getenv("BERTH_TEST_CHAOS")).filter(text -> !text.isBlank());
        if (chosen.isEmpty()) {
            return "all".equals(System.getenv("BERTH_TEST_EXTENT")) ? all : ChaosTable.usual();
        }
        String text = chosen.get();
        if (text.matches("\\d+-\\d+")) {
            String[] numbers = text.split("-");
            return all.subList(Integer.parseInt(numbers[0]) - 1, Math.min(all.size(), Integer.parseInt(numbers[1])));
        }
        return all.stream().filter(cell -> cell.toString().contains(text)).toList();
    }

    @AfterAll
    static void tell() throws IOException {
        long wrong =
                RESULTS.stream().filter(result -> !result.wrong().isEmpty()).count();
        long kills = RESULTS.stream().filter(ChaosRun.Result::killed).count();
        String figures = "%d kills, %d wrong".formatted(kills, wrong);
        Path file = Files.createDirectories(Path.of("target/figures")).resolve("chaos.txt");
        Files.writeString(file, figures + "\n");
        run.close();
        git.close();
    }
}
