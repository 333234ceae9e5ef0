package dev.berth.activities.builds;

import static java.util.Objects.requireNonNull;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Pulse;
import dev.berth.activities.git.GitSource;
import dev.berth.activities.git.GitUrl;
import dev.berth.activities.nix.BuildLines;
import dev.berth.activities.nix.Checkout;
import dev.berth.activities.nix.NixBuilds;
import dev.berth.activities.registry.RegistryClient;
import dev.berth.activities.registry.Repository;
import dev.berth.domain.BuildRef;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.plan.BuildPlan;
import dev.berth.domain.plan.Detection;
import dev.berth.domain.plan.PlanDetector;
import dev.berth.store.Build;
import dev.berth.workflows.BuildWorkflow;
import dev.berth.workflows.SourceActivities;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** From a repository to a plan, as Temporal calls it. */
public final class SourceSteps implements SourceActivities {
    private final BuildRows rows;
    private final GitSource git;
    private final RegistryClient registry;
    private final Leftovers leftovers;
    private final BuildLines log;
    private final Supplier<Pulse> pulses;

    public SourceSteps(BuildRows rows, GitSource git, RegistryClient registry, Leftovers leftovers, BuildLines log) {
        this(rows, git, registry, leftovers, log, Pulse::ofActivity);
    }

    SourceSteps(
            BuildRows rows,
            GitSource git,
            RegistryClient registry,
            Leftovers leftovers,
            BuildLines log,
            Supplier<Pulse> pulses) {
        this.rows = requireNonNull(rows, "rows is null");
        this.git = requireNonNull(git, "git is null");
        this.registry = requireNonNull(registry, "registry is null");
        this.leftovers = requireNonNull(leftovers, "leftovers is null");
        this.log = requireNonNull(log, "log is null");
        this.pulses = requireNonNull(pulses, "pulses is null");
    }

    /** A build whose commit is recorded keeps it, wherever the branch has gone since. */
    @Override
    public Resolution resolveCommit(BuildRef build, BuildWorkflow.Reuse reuse) {
        Pulse pulse = pulses.get();
        Build row = rows.get(build);
        String commit = row.commitSha().orElseGet(() -> resolve(build, row, pulse));
        return new Resolution(
                commit,
                switch (reuse) {
                    case NOTHING -> Optional.empty();
                    case EARLIER_BUILD -> findEarlier(build, commit, pulse);
                });
    }

    @Override
    public void fetchSource(BuildRef build, String commitSha) {
        Build row = rows.get(build);
        GitUrl url = GitUrl.parse(row.gitUrl());
        git.fetch(url, row.gitBranch(), commitSha, leftovers.workspaces().source(build), pulses.get());
    }

    @Override
    public BuildPlan planBuild(BuildRef build) {
        BuildPlan plan = switch (PlanDetector.detect(checkout(build))) {
            case Detection.Recognised(BuildPlan recognised) -> recognised;
            case Detection.Refused(var failure) -> throw ActivityFailures.of(failure);
        };
        rows.in(build, builds -> {
            builds.recordPlan(build, plan);
            return plan;
        });
        log.append(build, "recognised " + plan.because());
        return plan;
    }

    @Override
    public void discardWorkspace(BuildRef build) {
        leftovers.clear(build);
    }

    private String resolve(BuildRef build, Build row, Pulse pulse) {
        GitUrl url = GitUrl.parse(row.gitUrl());
        log.append(build, "looking up " + row.gitBranch() + " of " + url);
        String found = git.resolve(url, row.gitBranch(), pulse);
        rows.in(build, builds -> {
            builds.begin(build, found);
            return found;
        });
        log.append(build, row.gitBranch() + " is at commit " + found);
        return found;
    }

    /** The inputs of a build are its service's settings and the commit; the newest build of both counts. */
    private Optional<ImageDigest> findEarlier(BuildRef build, String commit, Pulse pulse) {
        Optional<ImageDigest> image = rows.in(build, builds -> builds.findSucceeded(build.service(), commit))
                .flatMap(Build::imageDigest)
                .filter(digest -> registry.exists(Repository.of(build.service()), digest, pulse));
        image.ifPresent(digest -> log.append(
                build, "this commit was built before: its image " + digest.abbreviated() + " is used again"));
        return image;
    }

    private Checkout checkout(BuildRef build) {
        try {
            return new Checkout(leftovers.workspaces().source(build));
        } catch (IOException gone) {
            throw NixBuilds.workspaceLost();
        }
    }
}
