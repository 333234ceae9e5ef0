package dev.berth.local.test;

import dev.berth.local.Folders;
import dev.berth.local.LocalFailure;
import dev.berth.local.command.Terminal;
import dev.berth.local.demo.ServedExample;
import dev.berth.local.install.Apt;
import dev.berth.local.install.Need;
import dev.berth.local.install.Programs;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code test [--fast | SUITE [--all]]}. The last line is {@code N passed, N failed}; status 0 when nothing failed. */
public final class TestCommand {
    private static final Duration SUITE_BUDGET = Duration.ofMinutes(10);
    private static final Duration STACK_SUITE_BUDGET = Duration.ofHours(4);
    private static final Duration APP_BUDGET = Duration.ofMinutes(3);

    private final Folders folders;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final Stage stage;
    private final ConsoleStages console;
    private final RunTime time;

    public TestCommand(Folders folders, Map<String, String> environment, PrintStream out) {
        this.folders = folders;
        this.environment = environment;
        this.out = out;
        this.stage = new Stage(out);
        this.console = new ConsoleStages(folders.home(), stage);
        this.time = RunTime.of(Instant.now(), environment);
    }

    /** Without the real parts: tests that need them are left out. */
    public int fast() throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(stage::end));
        // Under CI=true a test without its part fails, which is right for the whole run alone.
        return tell(modules(Map.of("CI", "false")).plus(console.units()));
    }

    /** One suite and what it is built from; on a stack of its own where it needs one. */
    public int suite(Suite suite, Suite.Extent extent) throws IOException {
        return switch (suite.ground()) {
            case SOURCES -> {
                Runtime.getRuntime().addShutdownHook(new Thread(stage::end));
                Map<String, String> variables = new HashMap<>(suite.variables(extent));
                variables.put("CI", "false");
                yield tell(run(suite, SUITE_BUDGET, variables));
            }
            case STACK -> {
                install();
                yield tellFiguresLast(onStack(stack -> {
                    Map<String, String> variables = stack.variables(buildApp(stack));
                    variables.putAll(suite.variables(extent));
                    return run(suite, STACK_SUITE_BUDGET, variables);
                }));
            }
        };
    }

    private Totals run(Suite suite, Duration budget, Map<String, String> variables) throws IOException {
        Reports.clear(folders.home());
        boolean built = stage.run(
                "Java: " + suite.id(), budget, folders.home(), variables, maven(List.of("-q"), suite.arguments()));
        Totals ran = Reports.surefire(folders.home());
        return built ? ran : ran.plus(Totals.check(false, "The build: see above"));
    }

    public int whole() throws IOException {
        install();
        return tell(onStack(stack -> {
            try (ServedExample example =
                    new ServedExample(stack.stack().folders(), stack.stack().ports())) {
                Map<String, String> variables = stack.variables(buildApp(stack));
                variables.put("BERTH_TEST_GIT", example.url());
                if (!chosen().isEmpty()) {
                    return modules(variables);
                }
                Totals units = console.units();
                // What no test on real parts left of the time is the browser's.
                Map<String, String> inTime = new HashMap<>(variables);
                inTime.putAll(time.variables(Instant.now()));
                Totals modules = modules(inTime);
                variables.putAll(stack.browserVariables());
                variables.putAll(time.browserVariables());
                return units.plus(modules).plus(console.browser(variables, time.left(Instant.now())));
            }
        }));
    }

    private interface Work {
        Totals on(TestStack stack) throws IOException;
    }

    /** Starts a stack, and leaves nothing of it. */
    private Totals onStack(Work work) throws IOException {
        TestStack stack = TestStack.start(folders, environment, out);
        AtomicBoolean cleaned = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stage.end();
            clean(stack, cleaned);
        }));
        try {
            return work.on(stack);
        } finally {
            clean(stack, cleaned);
        }
    }

    private void install() throws IOException {
        Apt apt = new Apt(Terminal.onScreen(out));
        apt.ensure(Need.ofTheStack());
        List<Need> extra = new ArrayList<>(List.of(Need.GO, Need.DOCKER, Need.COMPOSE));
        if (console.exist()) {
            extra.add(Need.CHROMIUM);
        }
        apt.ensure(extra);
    }

    private Totals modules(Map<String, String> variables) throws IOException {
        Reports.clear(folders.home());
        // Modules that need nothing of each other at once: while one waits for its engine, another computes.
        List<String> command = maven(
                List.of("-q", "-P", "check", "-fae", "-T", "1C"),
                List.of("-Dmaven.test.failure.ignore=true", "verify"));
        boolean built = stage.run(
                "Java: build, checks and tests of all modules",
                chosen().isEmpty() ? time.left(Instant.now()) : STACK_SUITE_BUDGET,
                folders.home(),
                variables,
                command);
        return Totals.check(built, "The build, Error Prone or the formatter: see above")
                .plus(Reports.surefire(folders.home()));
    }

    private List<String> maven(List<String> options, List<String> goals) {
        List<String> command = new ArrayList<>(List.of(maven()));
        command.addAll(chosen());
        command.addAll(List.of("-B", "-ntp"));
        command.addAll(options);
        command.addAll(goals);
        return command;
    }

    /** Maven's arguments of whoever wants some of the Java tests and nothing else. */
    private List<String> chosen() {
        String arguments = environment.getOrDefault("BERTH_TEST_MAVEN_ARGS", "").strip();
        return arguments.isEmpty() ? List.of() : List.of(arguments.split("\\s+"));
    }

    private String maven() {
        return Programs.find("mvn")
                .map(Path::toString)
                .orElseGet(() -> folders.home().resolve("mvnw").toString());
    }

    private Path buildApp(TestStack stack) throws IOException {
        Path app = stack.stack().folders().data("test-app");
        Path source = folders.home().resolve("activities/src/test/app");
        Map<String, String> settings =
                new HashMap<>(Map.of("CGO_ENABLED", "0", "GOTOOLCHAIN", "local", "GOFLAGS", "-buildvcs=false"));
        if (!stage.run(
                "The tests' app", APP_BUDGET, source, settings, List.of("go", "build", "-o", app.toString(), "."))) {
            throw new LocalFailure("The tests' app could not be built with go; see above.");
        }
        return app;
    }

    private void clean(TestStack stack, AtomicBoolean cleaned) {
        if (cleaned.compareAndSet(false, true)) {
            try {
                stack.close();
            } catch (IOException | RuntimeException e) {
                out.println("The tests' stack could not be removed: " + e.getMessage());
            }
        }
    }

    private int tell(Totals totals) throws IOException {
        // What failed stands at the end, where whoever sees the end of the output alone sees it.
        tellNotRun(totals);
        tellFailures(totals);
        Reports.figures(folders.home()).forEach(out::println);
        out.println(totals.line());
        return status(totals);
    }

    /** A suite on a stack of its own is asked for its figures. */
    private int tellFiguresLast(Totals totals) throws IOException {
        tellFailures(totals);
        out.println(totals.line());
        Reports.figures(folders.home()).forEach(out::println);
        return status(totals);
    }

    private void tellFailures(Totals totals) {
        if (!totals.failures().isEmpty()) {
            out.println("\nFailed:");
            totals.failures().forEach(failure -> out.println("  " + failure));
        }
        out.println();
    }

    private void tellNotRun(Totals totals) {
        Map<String, List<String>> byReason = new TreeMap<>();
        totals.notRun()
                .forEach(test -> byReason.computeIfAbsent(test.reason(), reason -> new ArrayList<>())
                        .add(test.name()));
        byReason.forEach((reason, names) -> {
            out.println("Not run: " + names.size() + ". " + reason);
            names.forEach(name -> out.println("  " + name));
            out.println();
        });
    }

    private static int status(Totals totals) {
        return totals.failed() == 0 && totals.passed() > 0 ? 0 : 1;
    }
}
