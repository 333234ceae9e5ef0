package dev.berth.workflows;

import dev.berth.domain.BuildRef;
import dev.berth.domain.plan.BuildPlan;
import io.temporal.activity.ActivityInterface;

/**
 * From a plan to a store path. Each may run more than once for one build; what is in the store is not made again. Failures as
 * in {@link SourceActivities}. Each heartbeats, is cancellable, and leaves no process behind.
 */
@ActivityInterface
public interface NixActivities {
    /** Fetches every file that the lock files name, verifies its hash and adds it to the store. */
    void prefetchDependencies(BuildRef build, BuildPlan plan);

    /** Evaluates the plan's expression, restricted and limited, and refuses derivations that could leave the sandbox. */
    Derivation evaluateExpression(BuildRef build, BuildPlan plan);

    /** Builds the derivation in the sandbox, its log streamed line by line. */
    StoreOutput realiseDerivation(BuildRef build, Derivation derivation);

    /** @param path of the derivation in the store, {@code /nix/store/….drv} */
    record Derivation(String path) {}

    /** @param path of the output in the store */
    record StoreOutput(String path) {}
}
