package dev.berth.domain.reconcile;

import static dev.berth.domain.reconcile.Finding.Kind.IMAGE_LOST;
import static dev.berth.domain.reconcile.Finding.Kind.IMAGE_UNREFERENCED;
import static dev.berth.domain.reconcile.Finding.Kind.ROOTS_UNREFERENCED;

import dev.berth.domain.ImageDigest;
import dev.berth.domain.ServiceRef;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What is kept and nothing refers to, and what is referred to and not kept. References are counted in the rows; what runs, what
 * is under way and what can be rolled back to is never garbage.
 */
public final class Garbage {
    private Garbage() {}

    /**
     * The images of one service.
     *
     * @param kept digests of deployments that run, are under way or can be rolled back to
     * @param held digest by tag, as the registry says
     * @param explained those tags of {@code held} that name a build which has ended, by its row
     * @param present those of {@code kept} that the registry has
     */
    public record Images(
            ServiceRef service,
            Set<ImageDigest> kept,
            Map<String, ImageDigest> held,
            Set<String> explained,
            Set<ImageDigest> present) {
        public Images {
            explained = Set.copyOf(explained);
            kept = Set.copyOf(kept);
            held = Map.copyOf(held);
            present = Set.copyOf(present);
        }
    }

    /** Of a service on which nobody works: a build under way has an image that no deployment names yet. */
    public static List<Finding> of(Images images) {
        Stream<Finding> lost = images.kept().stream()
                .filter(digest -> !images.present().contains(digest))
                .sorted(Comparator.comparing(ImageDigest::value))
                .map(digest -> new Finding(
                        IMAGE_LOST,
                        Optional.of(images.service()),
                        digest.value(),
                        "Image " + digest.abbreviated()
                                + " is of a deployment that is kept, and the registry lacks it.",
                        new Remedy.Report()));
        Stream<Finding> unreferenced = images.held().entrySet().stream()
                .filter(held -> !images.kept().contains(held.getValue()))
                .sorted(Map.Entry.comparingByKey())
                .map(held -> new Finding(
                        IMAGE_UNREFERENCED,
                        Optional.of(images.service()),
                        images.service().serviceId() + ":" + held.getKey(),
                        "Image " + held.getValue().abbreviated() + " with the tag " + held.getKey()
                                + " is of no deployment that is kept.",
                        images.explained().contains(held.getKey())
                                ? new Remedy.RemoveImage(images.service(), held.getValue())
                                : new Remedy.Report()));
        return Stream.concat(lost, unreferenced).toList();
    }

    /**
     * Several installations may share one store, so roots of a build that no row knows are left alone.
     *
     * @param roots builds that have roots in the Nix store
     * @param ended those of them that have ended by their row
     */
    public static List<Finding> of(Set<UUID> roots, Set<UUID> ended) {
        return roots.stream()
                .filter(ended::contains)
                .sorted()
                .map(build -> new Finding(
                        ROOTS_UNREFERENCED,
                        Optional.empty(),
                        build.toString(),
                        "The Nix store keeps roots of build " + build + ", which has ended.",
                        new Remedy.ReleaseRoots(build)))
                .toList();
    }
}
