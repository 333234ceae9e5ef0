package dev.berth.activities.nix;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Pulse;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Evaluates an expression to a derivation, in a process of its own with limits on memory, processor and wall-clock time.
 *
 * <p>Evaluation is restricted to the folders that it is given, imports nothing from derivations, and the graph that it makes
 * passes {@link DerivationPolicy} before anybody may build it. An evaluator in a loop ignores SIGTERM, so it is killed.
 */
final class Evaluator {
    private static final long MEMORY_BYTES = 2L << 30;
    private static final int CPU_SECONDS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int SIGNAL_BASE = 128;

    private static final Pattern DERIVATION = Pattern.compile("/nix/store/[^/]+\\.drv");
    private static final Pattern FORBIDDEN = Pattern.compile(
            "restricted mode|is forbidden|import[- ]from[- ]derivation|allow-import-from-derivation|allow-unsafe-native");

    private final NixStore store;
    private final DerivationPolicy policy;

    Evaluator(NixStore store) {
        this.store = store;
        this.policy = new DerivationPolicy(store);
    }

    /**
     * @param file the expression; a function whose arguments are all strings
     * @param readable what the expression may read beside itself and the store
     */
    record Expression(Path file, Map<String, String> arguments, List<Path> readable) {
        Expression {
            arguments = Map.copyOf(arguments);
            readable = List.copyOf(readable);
        }
    }

    /**
     * @return a derivation that may be built, {@code /nix/store/….drv}
     * @throws ApplicationFailure of type {@code EXPRESSION_INVALID} or {@code EXPRESSION_REFUSED}, or of {@code
     *     DEPENDENCY_UNAVAILABLE} where an input was not prefetched
     */
    String evaluate(Expression expression, Pulse pulse) {
        Command.Ran ran =
                store.command(words(expression)).within(LIMIT).killedAtOnce().run(pulse);
        if (!ran.succeeded()) {
            throw failed(ran);
        }
        String derivation = ran.output().stream()
                .filter(line -> DERIVATION.matcher(line).matches())
                .reduce((one, other) -> {
                    throw ActivityFailures.of(Failure.of(
                            FailureCode.EXPRESSION_INVALID,
                            "The expression describes several derivations.",
                            "Let it evaluate to one app."));
                })
                .orElseThrow(() -> ActivityFailures.of(Failure.of(
                                FailureCode.EXPRESSION_INVALID,
                                "The expression describes no derivation.",
                                "Let it evaluate to one app.")
                        .withEvidence(PlainText.of(ran.says()))));
        policy.check(derivation, pulse);
        return derivation;
    }

    private static List<String> words(Expression expression) {
        List<String> words = new ArrayList<>(List.of(
                "prlimit",
                "--as=" + MEMORY_BYTES,
                "--cpu=" + CPU_SECONDS,
                "--stack=" + (64 << 20),
                "--core=0",
                "nix-instantiate",
                "--option",
                "restrict-eval",
                "true",
                "--option",
                "allow-import-from-derivation",
                "false",
                "--option",
                "allowed-uris",
                "",
                // The plan decides; the machine's time and architecture do not.
                "--option",
                "eval-cache",
                "false"));
        words.addAll(List.of("-I", expression.file().getParent().toString()));
        expression.readable().forEach(path -> words.addAll(List.of("-I", path.toString())));
        words.add(expression.file().toString());
        new TreeMap<>(expression.arguments()).forEach((name, value) -> words.addAll(List.of("--argstr", name, value)));
        return words;
    }

    private static RuntimeException failed(Command.Ran ran) {
        String says = PlainText.of(ran.says());
        if (NixStore.AWAY.matcher(says).find()
                || NixStore.NO_SPACE.matcher(says).find()) {
            return NixStore.unusable(ran);
        }
        return limit(ran, says)
                .map(limit -> ActivityFailures.of(Failure.of(
                                FailureCode.EXPRESSION_INVALID,
                                "The expression needs too much " + limit + " to evaluate.",
                                "Look for an endless recursion, or describe less in one expression.")
                        .withEvidence(says)))
                .orElseGet(() -> ActivityFailures.of(
                        FORBIDDEN.matcher(says).find()
                                ? Failure.of(
                                                FailureCode.EXPRESSION_REFUSED,
                                                "The expression asks for something outside of its own folder.",
                                                "Use files of the repository and packages of the package set only.")
                                        .withEvidence(says)
                                : Failure.of(
                                                FailureCode.EXPRESSION_INVALID,
                                                "The expression cannot be evaluated.",
                                                "Evaluate it on your own machine with nix-instantiate.")
                                        .withEvidence(says)));
    }

    private static Optional<String> limit(Command.Ran ran, String says) {
        if (says.contains("out of memory")
                || says.contains("Out of memory")
                || says.contains("bad_alloc")
                || says.contains("Cannot allocate memory")) {
            return Optional.of("memory");
        }
        if (says.contains("stack overflow") || says.contains("infinite recursion")) {
            return Optional.empty();
        }
        return switch (ran.end()) {
            case Command.End.OutOfTime() -> Optional.of("time");
            // Killed by a signal: for running out of processor time, or by the kernel for memory.
            case Command.End.Exited(int code)
            when code > SIGNAL_BASE ->
                Optional.of(code == SIGNAL_BASE + 24 || code == SIGNAL_BASE + 9 ? "processor time" : "memory");
            case Command.End.Exited(int code) -> Optional.empty();
        };
    }
}
