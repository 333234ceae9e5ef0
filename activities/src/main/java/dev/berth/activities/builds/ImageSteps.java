package dev.berth.activities.builds;

import static java.util.Objects.requireNonNull;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Pulse;
import dev.berth.activities.image.Image;
import dev.berth.activities.image.ImagePacker;
import dev.berth.activities.nix.BuildLines;
import dev.berth.activities.registry.ImagePusher;
import dev.berth.activities.registry.RegistryClient;
import dev.berth.activities.registry.Repository;
import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import dev.berth.store.Build;
import dev.berth.workflows.ImageActivities;
import dev.berth.workflows.NixActivities.StoreOutput;
import java.util.function.Supplier;

/** From a store path to an image, and the end of a build, as Temporal calls it. */
public final class ImageSteps implements ImageActivities {
    private final BuildRows rows;
    private final ImagePacker packer;
    private final ImagePusher pusher;
    private final RegistryClient registry;
    private final Leftovers leftovers;
    private final BuildLines log;
    private final Supplier<Pulse> pulses;

    public ImageSteps(
            BuildRows rows,
            ImagePacker packer,
            ImagePusher pusher,
            RegistryClient registry,
            Leftovers leftovers,
            BuildLines log) {
        this(rows, packer, pusher, registry, leftovers, log, Pulse::ofActivity);
    }

    ImageSteps(
            BuildRows rows,
            ImagePacker packer,
            ImagePusher pusher,
            RegistryClient registry,
            Leftovers leftovers,
            BuildLines log,
            Supplier<Pulse> pulses) {
        this.rows = requireNonNull(rows, "rows is null");
        this.packer = requireNonNull(packer, "packer is null");
        this.pusher = requireNonNull(pusher, "pusher is null");
        this.registry = requireNonNull(registry, "registry is null");
        this.leftovers = requireNonNull(leftovers, "leftovers is null");
        this.log = requireNonNull(log, "log is null");
        this.pulses = requireNonNull(pulses, "pulses is null");
    }

    /** A second run finds its layers pushed; what it reports, and the row says, is what the first one that finished pushed. */
    @Override
    public PushedImage pushImage(BuildRef build, StoreOutput output) {
        Pulse pulse = pulses.get();
        log.append(build, "packing the image");
        Image image = packer.pack(output.path(), pulse);
        ImagePusher.Pushed pushed = pusher.push(Repository.of(build.service()), image, tag(build), pulse);
        int layers = image.layers().size();
        Build.Push push = rows.in(build, builds -> {
                    builds.recordPush(build, new Build.Push(pushed.bytes(), pushed.layers(), layers));
                    return BuildRows.row(builds, build).push();
                })
                .orElseGet(() -> new Build.Push(pushed.bytes(), pushed.layers(), layers));
        log.append(
                build,
                "pushed " + push.layersPushed() + " of " + push.layers() + " layers, " + push.bytes() + " bytes: image "
                        + image.digest().abbreviated());
        return new PushedImage(image.digest(), push.bytes(), push.layersPushed(), push.layers());
    }

    @Override
    public void finishBuild(BuildRef build, ImageDigest image) {
        if (!registry.tag(Repository.of(build.service()), image, tag(build), pulses.get())) {
            throw ActivityFailures.of(Failure.of(
                    FailureCode.IMAGE_MISSING,
                    "The image " + image.abbreviated() + " is no longer in the registry.",
                    "Rebuild the service."));
        }
        if (!rows.in(build, builds -> builds.succeed(build, image))) {
            throw ActivityFailures.of(
                    Failure.of(FailureCode.CANCELLED, "The build had been ended before its image was there.", ""));
        }
    }

    /** A build that had succeeded before somebody gave it up keeps its tag: a deployment may run its image. */
    @Override
    public void abandonBuild(BuildRef build, BuildState end, Failure failure) {
        boolean ended = rows.in(build, builds -> builds.end(build, end, failure));
        leftovers.clear(build);
        if (ended) {
            registry.untag(Repository.of(build.service()), tag(build), pulses.get());
        }
    }

    private static String tag(BuildRef build) {
        return build.buildId().toString();
    }
}
