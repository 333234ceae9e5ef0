package dev.berth.activities.nix;

import static java.util.Objects.requireNonNull;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Pulse;
import dev.berth.domain.BuildRef;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.plan.BuildPlan;
import dev.berth.domain.plan.InvalidAppException;
import dev.berth.domain.plan.PackageLock;
import dev.berth.workflows.NixActivities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The Nix part of a build as Temporal calls it. */
public final class NixBuilds implements NixActivities {
    private final NixStore store;
    private final Path packageSet;
    private final Prefetcher prefetcher;
    private final Evaluator evaluator;
    private final Realiser realiser;
    private final Checkouts checkouts;
    private final BuildLines log;
    private final Supplier<Pulse> pulses;

    /** @param packageSet the folder {@code nix/} of Berth, absolute */
    public NixBuilds(NixStore store, Path packageSet, Prefetcher prefetcher, Checkouts checkouts, BuildLines log) {
        this(store, packageSet, prefetcher, checkouts, log, Pulse::ofActivity);
    }

    NixBuilds(
            NixStore store,
            Path packageSet,
            Prefetcher prefetcher,
            Checkouts checkouts,
            BuildLines log,
            Supplier<Pulse> pulses) {
        this.store = requireNonNull(store, "store is null");
        this.packageSet = real(packageSet);
        this.prefetcher = requireNonNull(prefetcher, "prefetcher is null");
        this.evaluator = new Evaluator(store);
        this.realiser = new Realiser(store);
        this.checkouts = requireNonNull(checkouts, "checkouts is null");
        this.log = requireNonNull(log, "log is null");
        this.pulses = requireNonNull(pulses, "pulses is null");
    }

    @Override
    public void prefetchDependencies(BuildRef build, BuildPlan plan) {
        Pulse pulse = pulses.get();
        try (BuildLines.Writer lines = log.of(build)) {
            prefetcher.fetchPins(lines, pulse);
            if (plan.kind() == BuildPlan.Kind.NODE) {
                PackageLock lock = lockOf(source(build, plan));
                lines.accept("fetching the " + lock.packages().size() + " packages of package-lock.json");
                prefetcher.fetch(lock, pulse);
            }
        }
    }

    @Override
    public Derivation evaluateExpression(BuildRef build, BuildPlan plan) {
        Path source = source(build, plan);
        Path pins = prefetcher.pinsFile();
        Map<String, String> arguments = new HashMap<>();
        arguments.put("pins", pins.toString());
        arguments.put("kind", plan.kind().name());
        arguments.put("source", source.toString());
        plan.buildCommand().ifPresent(command -> arguments.put("build", command));
        plan.startCommand().ifPresent(command -> arguments.put("start", command));
        plan.siteDirectory().ifPresent(folder -> arguments.put("site", folder));
        String derivation = evaluator.evaluate(
                new Evaluator.Expression(packageSet.resolve("app.nix"), arguments, List.of(pins, source)),
                pulses.get());
        store.keep(build.buildId(), "derivation", derivation);
        return new Derivation(derivation);
    }

    @Override
    public StoreOutput realiseDerivation(BuildRef build, Derivation derivation) {
        try (BuildLines.Writer lines = log.of(build)) {
            String output = realiser.realise(derivation.path(), lines, pulses.get());
            store.keep(build.buildId(), "output", output);
            return new StoreOutput(output);
        }
    }

    private Path source(BuildRef build, BuildPlan plan) {
        Path folder = checkouts.of(build);
        if (!Files.isDirectory(folder)) {
            throw workspaceLost();
        }
        Path checkout = real(folder);
        Path source = real(checkout.resolve(plan.root()));
        if (!source.startsWith(checkout)) {
            throw ActivityFailures.of(Failure.of(
                    FailureCode.APP_INVALID,
                    "The app's folder leads out of the repository.",
                    "Name a folder inside it."));
        }
        return source;
    }

    /** Another try would look in the same place; the steps before this one are over. */
    public static RuntimeException workspaceLost() {
        return ActivityFailures.of(Failure.of(
                FailureCode.WORKSPACE_LOST,
                "The files of the build are no longer on the machine that builds.",
                "Deploy again, which fetches them anew."));
    }

    private static PackageLock lockOf(Path source) {
        try {
            return PackageLock.parse(new Checkout(source)
                    .text("package-lock.json")
                    .orElseThrow(() -> new IllegalStateException("The plan counts on a package-lock.json")));
        } catch (InvalidAppException invalid) {
            throw ActivityFailures.of(invalid.failure());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Nix compares paths as they are written, so links on the way must be gone. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException gone) {
            throw new UncheckedIOException("Cannot read " + path, gone);
        }
    }
}
