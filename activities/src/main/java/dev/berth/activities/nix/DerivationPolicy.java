package dev.berth.activities.nix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Pulse;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Decides whether a graph of derivations may be built: before it is, since a fixed-output derivation gets the network even in
 * the sandbox. What it may use must be in the store already.
 */
final class DerivationPolicy {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Attributes that loosen the sandbox or let something in that is not an input. */
    private static final List<String> LOOSENING = List.of(
            "__noChroot",
            "__impure",
            "impureEnvVars",
            "exportReferencesGraph",
            "__contentAddressed",
            "__json",
            "__impureHostDeps",
            "__sandboxProfile");

    /** The builder of what the package set expects to be prefetched; it does not exist. */
    private static final String NEVER_RUN = "/not-prefetched";

    private final NixStore store;

    DerivationPolicy(NixStore store) {
        this.store = store;
    }

    /** @throws io.temporal.failure.ApplicationFailure of type {@code EXPRESSION_REFUSED} or {@code DEPENDENCY_UNAVAILABLE} */
    void check(String derivation, Pulse pulse) {
        JsonNode graph = graph(derivation, pulse);
        List<String> fixed =
                outputs(graph).filter(Output::isFixed).map(Output::path).toList();
        Set<String> missing = store.missing(fixed, pulse);
        List<String> refused = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        for (Map.Entry<String, JsonNode> one : graph.properties()) {
            JsonNode derived = one.getValue();
            String builder = derived.path("builder").asText();
            String name = name(one.getKey());
            LOOSENING.stream()
                    .filter(attribute -> derived.path("env").has(attribute))
                    .forEach(attribute -> refused.add(name + " sets " + attribute));
            if (!derived.path("system").asText().equals("x86_64-linux")) {
                refused.add(name + " is for " + derived.path("system").asText());
            }
            if (builder.startsWith("builtin:")) {
                refused.add(name + " uses " + builder);
            }
            boolean toFetch =
                    outputsOf(derived).anyMatch(output -> output.isFixed() && missing.contains(output.path()));
            if (toFetch) {
                (builder.equals(NEVER_RUN) ? absent : refused).add(name + " would be fetched while building");
            }
            if (outputsOf(derived).anyMatch(output -> output.path().isEmpty())) {
                refused.add(name + " has an output that is known only once it is built");
            }
        }
        if (!refused.isEmpty()) {
            throw ActivityFailures.of(Failure.of(
                            FailureCode.EXPRESSION_REFUSED,
                            "The expression describes a build that would leave the sandbox.",
                            "Use inputs from lock files and from the package set; nothing is downloaded while building.")
                    .withEvidence(String.join("\n", refused)));
        }
        if (!absent.isEmpty()) {
            throw ActivityFailures.worthAnotherTry(Failure.of(
                            FailureCode.DEPENDENCY_UNAVAILABLE,
                            "A dependency of the build is not in the store: " + name(absent.getFirst()) + ".",
                            "Deploy again; it is fetched then.")
                    .withEvidence(String.join("\n", absent)));
        }
    }

    private JsonNode graph(String derivation, Pulse pulse) {
        Command.Ran ran = store.command(List.of(
                        "nix",
                        "--extra-experimental-features",
                        "nix-command",
                        "show-derivation",
                        "--recursive",
                        derivation))
                .run(pulse);
        if (!ran.succeeded()) {
            throw NixStore.unusable(ran);
        }
        try {
            return JSON.readTree(String.join("\n", ran.output()));
        } catch (IOException broken) {
            throw new UncheckedIOException("Nix described the derivations unreadably", broken);
        }
    }

    /** @param path empty where it is known only after the build */
    private record Output(String path, boolean isFixed) {}

    private static Stream<Output> outputs(JsonNode graph) {
        return StreamSupport.stream(graph.spliterator(), false).flatMap(DerivationPolicy::outputsOf);
    }

    private static Stream<Output> outputsOf(JsonNode derived) {
        return StreamSupport.stream(derived.path("outputs").spliterator(), false)
                .map(output -> new Output(output.path("path").asText(), output.has("hash") || output.has("hashAlgo")));
    }

    /** {@code /nix/store/<hash>-express-5.1.0.tgz.drv} is express-5.1.0.tgz for people. */
    private static String name(String path) {
        return path.replaceFirst("^/nix/store/[0-9a-z]{32}-", "")
                .replaceFirst("\\.drv$", "")
                .replaceFirst(" would be.*", "");
    }
}
