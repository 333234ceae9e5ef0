package dev.berth.domain.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How one source tree becomes an app: what was recognised, and the commands. Kept with the build as JSON and shown to the
 * user, who may wonder why his app was built so.
 *
 * @param root folder of the app inside the checkout, {@code .} for the top
 * @param buildCommand shell command of the app's author, run in the sandbox; empty where nothing is to be built
 * @param startCommand shell command of the app's author; empty for a static site
 * @param siteDirectory what a static site serves, relative to {@code root}
 * @param because what in the tree led to this plan, for people
 */
public record BuildPlan(
        Kind kind,
        String root,
        Optional<String> buildCommand,
        Optional<String> startCommand,
        Optional<String> siteDirectory,
        String because) {
    public BuildPlan {
        requireNonNull(kind, "kind is null");
        requireNonNull(root, "root is null");
        requireNonNull(because, "because is null");
    }

    /** The kinds of app that Berth recognises by itself. */
    public enum Kind {
        /** {@code package.json} with {@code package-lock.json}: dependencies from the lock file. */
        NODE,
        /** {@code package.json} without dependencies, or a lone {@code server.js}. */
        NODE_WITHOUT_DEPENDENCIES,
        /** {@code index.html} at the top or in {@code public}. */
        STATIC_SITE
    }
}
