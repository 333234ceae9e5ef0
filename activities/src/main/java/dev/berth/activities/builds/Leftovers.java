package dev.berth.activities.builds;

import static java.util.Objects.requireNonNull;

import dev.berth.domain.BuildRef;
import java.util.UUID;

/**
 * What a build keeps on this machine while it runs: its workspace, and the roots that hold its outputs in the store.
 *
 * @param roots lets go of a build's roots, also where there are none
 */
public record Leftovers(Workspaces workspaces, Roots roots) {
    public Leftovers {
        requireNonNull(workspaces, "workspaces is null");
        requireNonNull(roots, "roots is null");
    }

    void clear(BuildRef build) {
        workspaces.discard(build);
        roots.release(build.buildId());
    }

    /** The store's side of it. */
    @FunctionalInterface
    public interface Roots {
        void release(UUID buildId);
    }
}
