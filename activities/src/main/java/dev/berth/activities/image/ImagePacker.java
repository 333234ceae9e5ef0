package dev.berth.activities.image;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Pulse;
import dev.berth.activities.image.StorePaths.StorePath;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Makes an image from an output of the store: {@code OUTPUT/bin/start} run as user 1000, with everything that it refers to.
 *
 * <p>The same closure gives the same bytes: nothing of the machine or of the moment is in them. Formats: OCI image
 * specification 1.0, as docker-registry 2.8 and Docker 20.10 accept it.
 */
public final class ImagePacker {
    /** Part of every key of the cache: raise it when the same paths shall give other bytes. */
    private static final String PACKING = "packing 1\n";

    /** What stays free for everything else on the disk. */
    private static final long RESERVED_BYTES = 256L << 20;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CREATED = "1970-01-01T00:00:01Z";

    private final StorePaths store;
    private final LayerCache cache;
    private final LongSupplier usableBytes;

    public ImagePacker(StorePaths store, LayerCache cache) {
        this(store, cache, cache::usableBytes);
    }

    /** @param usableBytes free space where layers are written */
    ImagePacker(StorePaths store, LayerCache cache, LongSupplier usableBytes) {
        this.store = requireNonNull(store, "store is null");
        this.cache = requireNonNull(cache, "cache is null");
        this.usableBytes = requireNonNull(usableBytes, "usableBytes is null");
    }

    /**
     * Packs the closure of an output; layers that the cache has are not read.
     *
     * @throws io.temporal.failure.ApplicationFailure {@code NO_SPACE} where the disk could not hold the new layers
     */
    public Image pack(String output, Pulse pulse) {
        List<StorePath> closure = store.closure(output);
        if (closure.isEmpty() || !closure.getLast().path().equals(output)) {
            throw new IllegalStateException("The closure of " + output + " does not end with it");
        }
        cache.prune();
        LayerPlan plan = LayerPlan.of(closure);
        refuseWithoutSpace(closure, plan);
        Skeleton skeleton = Skeleton.of(store, closure);
        List<Layer> layers = new ArrayList<>();
        layers.add(cache.findOrWrite(PACKING + skeleton.content(), pulse, skeleton::fill));
        for (List<String> paths : plan.layers()) {
            layers.add(cache.findOrWrite(content(paths), pulse, layer -> fill(layer, paths)));
        }
        String configuration = configuration(output, skeleton, layers);
        return new Image(manifest(configuration, layers), configuration, layers);
    }

    private void refuseWithoutSpace(List<StorePath> closure, LayerPlan plan) {
        Map<String, Long> bytes = new LinkedHashMap<>();
        closure.forEach(path -> bytes.put(path.path(), path.bytes()));
        long needed = plan.layers().stream()
                .filter(paths -> cache.find(content(paths)).isEmpty())
                .flatMap(List::stream)
                .mapToLong(bytes::get)
                .sum();
        // Once as a layer here, once in the registry, which may be on the same disk.
        long wanted = 2 * needed + RESERVED_BYTES;
        long usable = usableBytes.getAsLong();
        if (needed > 0 && usable < wanted) {
            throw ActivityFailures.of(Failure.of(
                    FailureCode.NO_SPACE,
                    "The image needs up to " + megabytes(wanted) + " MB of disk to be packed, and " + megabytes(usable)
                            + " MB are free.",
                    "Make the app smaller, or ask the operator for more disk."));
        }
    }

    private static long megabytes(long bytes) {
        return bytes >> 20;
    }

    private static String content(List<String> paths) {
        return PACKING + String.join("\n", paths);
    }

    private void fill(LayerWriter layer, List<String> paths) throws java.io.IOException {
        layer.folder("nix", 0755, 0);
        layer.folder("nix/store", 0755, 0);
        for (String path : paths) {
            layer.tree(path.substring(1), store.physical(path));
        }
    }

    private static String configuration(String output, Skeleton skeleton, List<Layer> layers) {
        List<String> environment = new ArrayList<>(List.of("PATH=/bin:/usr/bin", "HOME=/home/app"));
        skeleton.certificates().ifPresent(file -> environment.add("SSL_CERT_FILE=" + file));
        return json(ordered(
                "architecture",
                "amd64",
                "os",
                "linux",
                "created",
                CREATED,
                "config",
                ordered(
                        "User",
                        "1000:1000",
                        "Env",
                        environment,
                        // With arguments it runs those.
                        "Entrypoint",
                        List.of(output + "/bin/start"),
                        "WorkingDir",
                        "/home/app"),
                "rootfs",
                ordered(
                        "type",
                        "layers",
                        "diff_ids",
                        layers.stream().map(layer -> layer.diffId().value()).toList()),
                "history",
                layers.stream().map(layer -> ordered("created", CREATED)).toList()));
    }

    private static String manifest(String configuration, List<Layer> layers) {
        return json(ordered(
                "schemaVersion",
                2,
                "mediaType",
                Image.MANIFEST_TYPE,
                "config",
                descriptor(Image.CONFIGURATION_TYPE, Image.digestOf(configuration), configuration.length()),
                "layers",
                layers.stream()
                        .map(layer -> descriptor(Image.LAYER_TYPE, layer.digest(), layer.bytes()))
                        .toList()));
    }

    private static Map<String, Object> descriptor(String mediaType, ImageDigest digest, long bytes) {
        return ordered("mediaType", mediaType, "digest", digest.value(), "size", bytes);
    }

    /** Keys stay in the order in which they are written here, so the bytes do too. */
    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static String json(Map<String, Object> map) {
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
