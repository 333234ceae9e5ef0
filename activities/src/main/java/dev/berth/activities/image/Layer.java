package dev.berth.activities.image;

import static java.util.Objects.requireNonNull;

import dev.berth.domain.ImageDigest;
import java.nio.file.Path;

/**
 * One layer as it lies on disk.
 *
 * @param digest of the compressed file
 * @param diffId of what is in it, as the image's configuration names it
 * @param bytes of the compressed file
 */
public record Layer(ImageDigest digest, ImageDigest diffId, long bytes, Path file) {
    public Layer {
        requireNonNull(digest, "digest is null");
        requireNonNull(diffId, "diffId is null");
        requireNonNull(file, "file is null");
    }
}
