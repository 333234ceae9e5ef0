package dev.berth.local.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What is tested of the console: by itself, and in a browser on a running stack. Nothing where there is no console. */
final class ConsoleStages {
    private static final Duration SHORT = Duration.ofMinutes(5);
    /** A minute and a half on two quick cores. */
    private static final Duration UNIT_TESTS = Duration.ofMinutes(25);

    private final Path ui;
    private final Stage stage;

    ConsoleStages(Path home, Stage stage) {
        this.ui = home.resolve("ui");
        this.stage = stage;
    }

    boolean exist() {
        return Files.exists(ui.resolve("package.json"));
    }

    Totals units() throws IOException {
        if (!exist()) {
            return Totals.NONE;
        }
        if (!stage.run("Console: packages", SHORT, ui, Map.of(), List.of("npm", "ci", "--no-audit", "--no-fund"))) {
            return Totals.check(false, "npm ci in ui/");
        }
        Totals sum = Totals.NONE;
        for (String script : List.of("typecheck", "lint")) {
            sum = sum.plus(Totals.check(
                    stage.run("Console: " + script, SHORT, ui, Map.of(), List.of("npm", "run", "--silent", script)),
                    "ui: npm run " + script));
        }
        Path report = report("vitest.json");
        boolean passed = stage.run("Console: unit tests", UNIT_TESTS, ui, Map.of(), List.of("npm", "test"));
        return sum.plus(
                Files.exists(report)
                        ? counted(passed, Reports.vitest(Reports.json(report)), "ui: unit tests")
                        : missing("ui: unit tests"));
    }

    /** @param variables where the stack is */
    Totals browser(Map<String, String> variables, Duration budget) throws IOException {
        if (Files.notExists(ui.resolve("playwright.config.ts"))) {
            return Totals.NONE;
        }
        Path report = report("playwright.json");
        boolean passed = stage.run(
                "Console: in a browser, on the real stack",
                budget,
                ui,
                variables,
                List.of("npm", "run", "--silent", "e2e"));
        return Files.exists(report)
                ? counted(passed, Reports.playwright(Reports.json(report)), "browser tests")
                : missing("browser tests");
    }

    /** Where the runner is to write; what an earlier one wrote is gone. */
    private Path report(String name) throws IOException {
        Path report = ui.resolve("test-results").resolve(name);
        Files.deleteIfExists(report);
        return report;
    }

    private static Totals missing(String name) {
        return Totals.check(false, name + ": no report was written");
    }

    /** A runner that failed without naming a failed test counts as one. */
    private static Totals counted(boolean passed, Totals totals, String name) {
        return passed || totals.failed() > 0 ? totals : totals.plus(Totals.check(false, name + ": see above"));
    }
}
