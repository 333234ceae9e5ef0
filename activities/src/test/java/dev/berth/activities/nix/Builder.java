package dev.berth.activities.nix;

import dev.berth.domain.BuildRef;
import dev.berth.domain.nix.NixDaemon;
import dev.berth.domain.plan.BuildPlan;
import dev.berth.domain.plan.Detection;
import dev.berth.domain.plan.PlanDetector;
import dev.berth.workflows.NixActivities.Derivation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The Nix part of a build with its parts, over one real store; tests build folders with it. */
final class Builder {
    /** The module's tests run in its folder. */
    static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    static final Path PACKAGE_SET = TOP.resolve("nix");

    /** Shared by all runs on this machine, as in the real thing: what is in it was checked by its hash. */
    static final Path CACHE = Optional.ofNullable(System.getenv("CACHE_DIRECTORY"))
            .map(Path::of)
            .orElse(Path.of(System.getProperty("user.home"), ".cache", "berth"));

    final NixDaemon daemon;
    final NixStore store;
    final List<String> log = new CopyOnWriteArrayList<>();
    private final Prefetcher prefetcher;

    Builder(Path root) {
        this.daemon = new NixDaemon(root);
        this.store = new NixStore(daemon);
        this.prefetcher = new Prefetcher(store, PACKAGE_SET, CACHE);
    }

    static Builder onTheRealStore() {
        return new Builder(Path.of(System.getenv("BERTH_TEST_NIX")));
    }

    static Path example(String name) {
        return TOP.resolve("examples").resolve(name);
    }

    /** A copy that a test may change. */
    static Path copyOf(Path app, Path target) throws IOException {
        try (Stream<Path> all = Files.walk(app)) {
            for (Path path : all.toList()) {
                Files.copy(path, target.resolve(app.relativize(path).toString()));
            }
        }
        return target;
    }

    /** Plans, prefetches, evaluates and builds as the workflow does; the answer is the output's path. */
    String build(Path app) throws IOException {
        BuildRef ref = new BuildRef(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        NixBuilds builds = new NixBuilds(
                store, PACKAGE_SET, prefetcher, build -> app, (build, line) -> log.add(line), () -> () -> {});
        BuildPlan plan = ((Detection.Recognised) PlanDetector.detect(new Checkout(app))).plan();
        builds.prefetchDependencies(ref, plan);
        Derivation derivation = builds.evaluateExpression(ref, plan);
        try {
            return builds.realiseDerivation(ref, derivation).path();
        } finally {
            store.release(ref.buildId());
        }
    }

    void prefetchPins() {
        prefetcher.fetchPins(log::add, () -> {});
    }

    Path pins() {
        return prefetcher.pinsFile();
    }
}
