package dev.berth.activities.nix;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Pulse;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds a derivation through the daemon. The daemon ends a build whose client is gone, and the client ends with this process,
 * so nothing is built for nobody.
 */
final class Realiser {
    private static final Duration LIMIT = Duration.ofMinutes(40);

    /** Exit codes of a failed build are 100 and these bits. Source: Nix manual, nix-store --realise. */
    private static final int FAILED = 100;

    private static final int TIMED_OUT = 1;
    private static final int HASH_MISMATCH = 2;

    private static final Pattern FAILED_BUILD = Pattern.compile(
            "builder for '/nix/store/[0-9a-z]{32}-([^']+)\\.drv' (failed with exit code (\\d+)|failed due to signal (\\d+))");
    /** What runtimes say before they end themselves. */
    private static final Pattern OUT_OF_MEMORY = Pattern.compile(
            "heap out of memory|Cannot allocate memory|ENOMEM|Out of memory|std::bad_alloc|OutOfMemoryError");

    private static final String KILLED = "9";
    /** 128 and SIGKILL, of a program that the script started. */
    private static final String CHILD_KILLED = "137";

    private final NixStore store;
    private final List<String> options;

    Realiser(NixStore store) {
        this(store, List.of());
    }

    /** @param options of {@code nix-store --realise}, in place of what the daemon's configuration says */
    Realiser(NixStore store, List<String> options) {
        this.store = store;
        this.options = List.copyOf(options);
    }

    /**
     * @param lines takes the log while it is written
     * @return the output's path
     * @throws ApplicationFailure with a code of {@link FailureCode.Phase#BUILD}
     */
    String realise(String derivation, Consumer<String> lines, Pulse pulse) {
        NixLog log = new NixLog(lines);
        List<String> output = new ArrayList<>();
        List<String> words =
                new ArrayList<>(List.of("nix-store", "--realise", derivation, "--log-format", "internal-json"));
        words.addAll(options);
        Command.End end = store.command(words).within(LIMIT).run(output::add, log, pulse);
        return switch (end) {
            case Command.End.Exited(int code) when code == 0 && !output.isEmpty() -> output.getLast();
            case Command.End.Exited(int code) -> throw failed(code, log);
            case Command.End.OutOfTime() -> throw ActivityFailures.of(timedOut(log));
        };
    }

    private static RuntimeException failed(int code, NixLog log) {
        String errors = String.join("\n", log.errors());
        String everything = errors + "\n" + String.join("\n", log.lastLines());
        int bits = code > FAILED ? code - FAILED : 0;
        if (NixStore.NO_SPACE.matcher(everything).find()) {
            return NixStore.full(everything);
        }
        if (errors.contains("of silence")) {
            return ActivityFailures.of(silent(log));
        }
        if ((bits & TIMED_OUT) != 0 || errors.contains("timed out after")) {
            return ActivityFailures.of(timedOut(log));
        }
        if ((bits & HASH_MISMATCH) != 0 || errors.contains("hash mismatch")) {
            return ActivityFailures.of(Failure.of(
                            FailureCode.DEPENDENCY_HASH_MISMATCH,
                            "An input of the build is not what its hash says.",
                            "Run npm install again and commit package-lock.json.")
                    .withEvidence(errors));
        }
        if (errors.contains("/not-prefetched")) {
            return ActivityFailures.worthAnotherTry(Failure.of(
                            FailureCode.DEPENDENCY_UNAVAILABLE,
                            "An input of the build has left the store.",
                            "Deploy again; it is fetched then.")
                    .withEvidence(errors));
        }
        Matcher builder = FAILED_BUILD.matcher(errors);
        if (builder.find()) {
            return ActivityFailures.of(scriptFailed(builder, log));
        }
        if (NixStore.AWAY.matcher(errors).find()) {
            return NixStore.away(errors);
        }
        // Another forty minutes would end the same way.
        return ActivityFailures.of(Failure.of(
                        FailureCode.PLATFORM,
                        "Nix ended with code " + code + " and did not say which build failed.",
                        "Deploy again; if it stays so, the evidence is for the platform's operator.")
                .withEvidence(everything));
    }

    private static Failure scriptFailed(Matcher builder, NixLog log) {
        boolean installs = builder.group(1).startsWith("node-modules");
        String what = installs ? "Installing the dependencies" : "The build script";
        if (isOutOfMemory(builder, log)) {
            return Failure.of(
                            FailureCode.BUILD_OUT_OF_MEMORY,
                            what + " was ended for lack of memory.",
                            "Let it use less, for Node.js with NODE_OPTIONS=--max-old-space-size, or ask the platform's"
                                    + " operator for a larger builder.")
                    .withEvidence(String.join("\n", log.lastLines()));
        }
        String how = builder.group(3) != null
                ? " failed with exit code " + builder.group(3) + "."
                : " was killed by signal " + builder.group(4) + ".";
        return Failure.of(
                        FailureCode.BUILD_SCRIPT_FAILED,
                        what + how,
                        installs
                                ? "Its last lines say which package. Packages are installed without network: one whose install"
                                        + " script downloads something cannot be used."
                                : "Its last lines say why. Run the same script on a fresh clone; there is no network while it"
                                        + " builds.")
                .withEvidence(String.join("\n", log.lastLines()));
    }

    private static boolean isOutOfMemory(Matcher builder, NixLog log) {
        return KILLED.equals(builder.group(4))
                || CHILD_KILLED.equals(builder.group(3))
                || OUT_OF_MEMORY.matcher(String.join("\n", log.lastLines())).find();
    }

    private static Failure silent(NixLog log) {
        return Failure.of(
                        FailureCode.BUILD_WENT_SILENT,
                        "The build printed nothing for 15 minutes and was ended.",
                        "Look for a script that waits for input, starts a server or watches files.")
                .withEvidence(String.join("\n", log.lastLines()));
    }

    private static Failure timedOut(NixLog log) {
        return Failure.of(
                        FailureCode.BUILD_TIMED_OUT,
                        "The build did not end in time.",
                        "A build may take 30 minutes. Do less in the build script.")
                .withEvidence(String.join("\n", log.lastLines()));
    }
}
