package dev.berth.activities.registry;

import static java.util.Objects.requireNonNull;

import dev.berth.activities.image.Image;
import dev.berth.activities.image.Layer;
import dev.berth.domain.ImageDigest;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Bytes to upload, in a file or in memory; they can be read as often as it takes. */
public sealed interface Blob {
    ImageDigest digest();

    long bytes();

    /** @throws FileNotFoundException where the file is gone */
    BodyPublisher body() throws FileNotFoundException;

    static Blob of(Layer layer) {
        return new OnDisk(layer.digest(), layer.bytes(), layer.file());
    }

    static Blob of(String json) {
        return new InMemory(Image.digestOf(json), json);
    }

    record OnDisk(ImageDigest digest, long bytes, Path file) implements Blob {
        public OnDisk {
            requireNonNull(file, "file is null");
        }

        @Override
        public BodyPublisher body() throws FileNotFoundException {
            return BodyPublishers.ofFile(file);
        }
    }

    record InMemory(ImageDigest digest, String json) implements Blob {
        @Override
        public long bytes() {
            return json.getBytes(StandardCharsets.UTF_8).length;
        }

        @Override
        public BodyPublisher body() {
            return BodyPublishers.ofString(json);
        }
    }
}
