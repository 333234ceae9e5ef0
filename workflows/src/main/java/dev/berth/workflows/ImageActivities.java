package dev.berth.workflows;

import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.Failure;
import dev.berth.domain.ImageDigest;
import dev.berth.workflows.NixActivities.StoreOutput;
import io.temporal.activity.ActivityInterface;

/** From a store path to an image in the registry, and the end of a build. */
@ActivityInterface
public interface ImageActivities {
    /**
     * Packs the closure of {@code output} into layers and pushes those that the registry lacks, tagged with the build's id.
     * The same closure gives the same digest everywhere. Heartbeats; cancellable.
     */
    PushedImage pushImage(BuildRef build, StoreOutput output);

    /** Records the image and ends the build {@code SUCCEEDED}. Also tags an image that an earlier build made. */
    void finishBuild(BuildRef build, ImageDigest image);

    /** Ends the build {@code FAILED} or {@code CANCELLED} and removes what it left: tag, roots, workspace. */
    void abandonBuild(BuildRef build, BuildState end, Failure failure);

    /**
     * @param bytesPushed what went over the wire; layers that were there already count nothing
     * @param layersPushed of {@code layers} in all
     */
    record PushedImage(ImageDigest digest, long bytesPushed, int layersPushed, int layers) {}
}
