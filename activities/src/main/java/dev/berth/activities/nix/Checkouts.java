package dev.berth.activities.nix;

import dev.berth.domain.BuildRef;
import java.nio.file.Path;

/** Where the source of a build lies; whoever fetches it decides. */
@FunctionalInterface
public interface Checkouts {
    /** The folder of the repository's files, absolute; the same whenever asked. */
    Path of(BuildRef build);
}
