package dev.berth.activities.nix;

import dev.berth.domain.BuildRef;

/** Takes the log of a build line by line, in order. */
@FunctionalInterface
public interface BuildLines {
    void append(BuildRef build, String line);
}
