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
    private static final Pattern NO_SPACE = Pattern.compile("No space left on device|ENOSPC|database or disk is full");
    private static final Pattern UNREACHABLE =
            Pattern.compile("cannot connect to (socket|daemon)|Connection refused|Nix daemon disconnected");

    private final NixStore store;

    Realiser(NixStore store) {
        this.store = store;
    }

    /**
     * @param lines takes the log while it is written
     * @return the output's path
     * @throws ApplicationFailure of type {@code BUILD_SCRIPT_FAILED}, {@code BUILD_TIMED_OUT}, {@code NO_SPACE}, {@code
     *     DEPENDENCY_UNAVAILABLE} or {@code DEPENDENCY_HASH_MISMATCH}
     */
    String realise(String derivation, Consumer<String> lines, Pulse pulse) {
        NixLog log = new NixLog(lines);
        List<String> output = new ArrayList<>();
        Command.End end = store.command(List.of("nix-store", "--realise", derivation, "--log-format", "internal-json"))
                .within(LIMIT)
                .run(output::add, log, pulse);
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
        if (NO_SPACE.matcher(everything).find()) {
            return ActivityFailures.of(Failure.of(
                            FailureCode.NO_SPACE,
                            "The builder's disk is full.",
                            "Ask the platform's operator to make room; what serves now is not affected.")
                    .withEvidence(everything));
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
        if (UNREACHABLE.matcher(errors).find()) {
            return new IllegalStateException("The Nix daemon is gone: " + errors);
        }
        return new IllegalStateException("nix-store ended with code " + code + ": " + everything);
    }

    private static Failure scriptFailed(Matcher builder, NixLog log) {
        boolean installs = builder.group(1).startsWith("node-modules");
        String what = installs ? "Installing the dependencies" : "The build script";
        String how = builder.group(3) != null
                ? " failed with exit code " + builder.group(3) + "."
                : " was killed by signal " + builder.group(4) + ", usually for lack of memory.";
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

    private static Failure timedOut(NixLog log) {
        return Failure.of(
                        FailureCode.BUILD_TIMED_OUT,
                        "The build did not end in time.",
                        "A build may take 30 minutes, and 15 without a line of output. Look for a script that waits for input"
                                + " or starts a server.")
                .withEvidence(String.join("\n", log.lastLines()));
    }
}
