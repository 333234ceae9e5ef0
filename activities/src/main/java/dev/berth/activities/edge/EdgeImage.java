package dev.berth.activities.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.activities.swarm.Engine;
import dev.berth.activities.swarm.EngineException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** Makes an image of nothing but a static Traefik binary, without a network and without a builder. */
final class EdgeImage {
    private static final String REPOSITORY = "berth-edge";
    private static final int BLOCK = 512;
    private static final int EXECUTABLE = 0755;

    private EdgeImage() {}

    /** The image's name, tagged with the binary's hash; imported where the engine lacks it. */
    static String ensure(Engine engine, Path traefik) {
        try {
            String tag = hash(traefik);
            String image = REPOSITORY + ":" + tag;
            if (!isPresent(engine, image)) {
                String entryPoint = Engine.encode("ENTRYPOINT [\"/traefik\"]");
                try (InputStream tar = tarOf(traefik)) {
                    engine.upload(
                            "/images/create?fromSrc=-&repo=" + REPOSITORY + "&tag=" + tag + "&changes=" + entryPoint,
                            tar);
                }
                // The answer's status is 200 even where the import failed on the way.
                requirePresent(engine, image);
            }
            return image;
        } catch (IOException e) {
            throw new UncheckedIOException("Traefik's binary cannot be read: " + traefik, e);
        }
    }

    private static boolean isPresent(Engine engine, String image) {
        try {
            JsonNode found = engine.get("/images/" + image + "/json");
            return found.has("Id");
        } catch (EngineException e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    private static void requirePresent(Engine engine, String image) {
        if (!isPresent(engine, image)) {
            throw new IllegalStateException("The engine did not import the edge's image " + image);
        }
    }

    /** A tar of one file, streamed: the binary is larger than a sensible heap. */
    private static InputStream tarOf(Path traefik) throws IOException {
        long size = Files.size(traefik);
        TarArchiveEntry entry = new TarArchiveEntry("traefik");
        entry.setSize(size);
        entry.setMode(EXECUTABLE);
        entry.setModTime(1_000L);
        byte[] header = new byte[BLOCK];
        entry.writeEntryHeader(header);
        int padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
        return new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(header),
                Files.newInputStream(traefik),
                new ByteArrayInputStream(new byte[padding + 2 * BLOCK]))));
    }

    private static String hash(Path file) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
