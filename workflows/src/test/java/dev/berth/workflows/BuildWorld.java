package dev.berth.workflows;

import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.Failure;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.plan.BuildPlan;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The part of {@link World} that builds: Git, Nix and the registry. */
abstract class BuildWorld extends Behaviours implements SourceActivities, NixActivities, ImageActivities {
    static final ImageDigest IMAGE = new ImageDigest("sha256:" + "ab".repeat(32));

    final Map<UUID, BuildState> builds = new ConcurrentHashMap<>();
    /** Of builds, deployments and operations. */
    final Map<UUID, Failure> failures = new ConcurrentHashMap<>();

    volatile Optional<ImageDigest> earlierImage = Optional.empty();

    @Override
    public Resolution resolveCommit(BuildRef build, BuildWorkflow.Reuse reuse) {
        does("resolveCommit");
        return new Resolution(
                "c0ffee".repeat(6) + "c0ff",
                reuse == BuildWorkflow.Reuse.EARLIER_BUILD ? earlierImage : Optional.empty());
    }

    @Override
    public void fetchSource(BuildRef build, String commitSha) {
        does("fetchSource");
    }

    @Override
    public BuildPlan planBuild(BuildRef build) {
        does("planBuild");
        return new BuildPlan(
                BuildPlan.Kind.NODE_WITHOUT_DEPENDENCIES,
                ".",
                Optional.empty(),
                Optional.of("node server.js"),
                Optional.empty(),
                "server.js is there");
    }

    @Override
    public void discardWorkspace(BuildRef build) {
        does("discardWorkspace");
    }

    @Override
    public void prefetchDependencies(BuildRef build, BuildPlan plan) {
        does("prefetchDependencies");
    }

    @Override
    public Derivation evaluateExpression(BuildRef build, BuildPlan plan) {
        does("evaluateExpression");
        return new Derivation("/nix/store/" + "0".repeat(32) + "-app.drv");
    }

    @Override
    public StoreOutput realiseDerivation(BuildRef build, Derivation derivation) {
        does("realiseDerivation");
        return new StoreOutput("/nix/store/" + "1".repeat(32) + "-app");
    }

    @Override
    public PushedImage pushImage(BuildRef build, StoreOutput output) {
        does("pushImage");
        return new PushedImage(IMAGE, 1_000, 1, 5);
    }

    @Override
    public void finishBuild(BuildRef build, ImageDigest image) {
        does("finishBuild");
        builds.put(build.buildId(), BuildState.SUCCEEDED);
    }

    @Override
    public void abandonBuild(BuildRef build, BuildState end, Failure failure) {
        does("abandonBuild");
        builds.put(build.buildId(), end);
        failures.put(build.buildId(), failure);
    }
}
