package dev.berth.activities.image;

import dev.berth.domain.ImageDigest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * An image that is ready to be pushed.
 *
 * @param manifest JSON of media type {@link #MANIFEST_TYPE}; the image's digest is its digest
 * @param configuration JSON that the manifest names
 * @param layers in order, the app's own last
 */
public record Image(String manifest, String configuration, List<Layer> layers) {
    public static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
    static final String CONFIGURATION_TYPE = "application/vnd.oci.image.config.v1+json";
    static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";

    public Image {
        layers = List.copyOf(layers);
    }

    public ImageDigest digest() {
        return digestOf(manifest);
    }

    public static ImageDigest digestOf(String json) {
        return digestOf(sha256().digest(json.getBytes(StandardCharsets.UTF_8)));
    }

    static ImageDigest digestOf(byte[] sha256) {
        return new ImageDigest("sha256:" + HexFormat.of().formatHex(sha256));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
