package dev.berth.activities.registry;

import static java.util.Objects.requireNonNull;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Pulse;
import dev.berth.activities.image.Image;
import dev.berth.activities.image.Layer;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Brings an image to the registry: only layers that the service's repository lacks, and of those only what no other can lend.
 */
public final class ImagePusher {
    private static final long RESERVED_BYTES = 64L << 20;
    private static final int REMEMBERED = 10_000;

    private final RegistryClient registry;
    private final LongSupplier usableBytes;

    /** Where a layer was seen last. Losing it costs bytes and nothing else. */
    private final Map<ImageDigest, Repository> seen = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ImageDigest, Repository> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** @param usableBytes free space of the registry's disk, as far as it is known; {@code Long.MAX_VALUE} where it is not */
    public ImagePusher(RegistryClient registry, LongSupplier usableBytes) {
        this.registry = requireNonNull(registry, "registry is null");
        this.usableBytes = requireNonNull(usableBytes, "usableBytes is null");
    }

    /**
     * Pushes the image and names it {@code tag}. Done twice, the second sends the manifest only.
     *
     * @throws io.temporal.failure.ApplicationFailure {@code NO_SPACE} where the registry's disk cannot hold what is missing
     */
    public Pushed push(Repository repository, Image image, String tag, Pulse pulse) {
        Pushed pushed = pushOnce(repository, image, tag, pulse);
        // Between the look and the manifest, somebody collected garbage.
        Pushed whole = pushed.complete() ? pushed : pushOnce(repository, image, tag, pulse);
        if (!whole.complete()) {
            throw new RegistryException("The registry loses blobs of " + repository.name() + " while they are pushed");
        }
        return whole;
    }

    private Pushed pushOnce(Repository repository, Image image, String tag, Pulse pulse) {
        List<Layer> missing = image.layers().stream()
                .filter(layer -> !has(repository, layer.digest(), pulse))
                .toList();
        refuseWithoutSpace(missing);
        long bytes = 0;
        int layers = 0;
        for (Layer layer : missing) {
            long sent = registry.pushBlob(repository, Blob.of(layer), lender(repository, layer.digest()), pulse);
            remember(repository, layer.digest());
            bytes += sent;
            layers += sent > 0 ? 1 : 0;
        }
        Blob configuration = Blob.of(image.configuration());
        if (!has(repository, configuration.digest(), pulse)) {
            bytes += registry.pushBlob(repository, configuration, Optional.empty(), pulse);
        }
        boolean complete = registry.putManifest(
                repository, tag, new RegistryClient.Manifest(image.manifest(), Image.MANIFEST_TYPE), pulse);
        return new Pushed(bytes, layers, complete);
    }

    private boolean has(Repository repository, ImageDigest digest, Pulse pulse) {
        boolean there = registry.hasBlob(repository, digest, pulse);
        if (there) {
            remember(repository, digest);
        }
        return there;
    }

    private Optional<Repository> lender(Repository repository, ImageDigest digest) {
        synchronized (seen) {
            return Optional.ofNullable(seen.get(digest)).filter(lender -> !lender.equals(repository));
        }
    }

    private void remember(Repository repository, ImageDigest digest) {
        synchronized (seen) {
            seen.put(digest, repository);
        }
    }

    private void refuseWithoutSpace(List<Layer> missing) {
        long needed = missing.stream().mapToLong(Layer::bytes).sum();
        long usable = usableBytes.getAsLong();
        if (needed > 0 && usable < needed + RESERVED_BYTES) {
            throw ActivityFailures.of(Failure.of(
                    FailureCode.NO_SPACE,
                    "The image needs " + (needed >> 20) + " MB and " + (RESERVED_BYTES >> 20)
                            + " MB of reserve in the registry, and " + (usable >> 20) + " MB are free.",
                    "Make the app smaller, or ask the operator for more disk."));
        }
    }

    /**
     * @param bytes of layers and configuration that went over the wire
     * @param layers that went over the wire
     * @param complete whether the registry took the manifest
     */
    public record Pushed(long bytes, int layers, boolean complete) {}
}
