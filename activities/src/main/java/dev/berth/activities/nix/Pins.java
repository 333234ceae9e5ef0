package dev.berth.activities.nix;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The package set's pins, and those that had to give way on this machine because their artefact has left every mirror.
 *
 * <p>What gave way is remembered beside the artefact cache, so that evaluation and later builds see the same. An entry counts
 * only while the pin that it replaced stands in the package set unchanged.
 */
final class Pins {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final TypeReference<TreeMap<String, Pin.Written>> PINS = new TypeReference<>() {};

    private final Path original;
    private final Path replaced;
    private final Path effective;

    /**
     * @param original {@code pins.json} of the package set
     * @param folder where replacements are kept; made when one is needed
     */
    Pins(Path original, Path folder) {
        this.original = original;
        this.replaced = folder.resolve("pins-replaced.json");
        this.effective = folder.resolve("pins.json");
    }

    /** @param insteadOf hash of the pin that gave way */
    record Replacement(String insteadOf, Pin.Written pin) {}

    Map<String, Pin> all() {
        Map<String, Pin> pins = new TreeMap<>();
        written().forEach((name, pin) -> pins.put(name, pin.read()));
        return pins;
    }

    /** The file that evaluation reads: the package set's own, or one with the replacements in it. */
    synchronized Path file() {
        Map<String, Pin.Written> written = written();
        if (written.equals(originals())) {
            return original;
        }
        if (!Files.exists(effective) || !written.equals(read(effective, PINS))) {
            write(effective, written);
        }
        return effective;
    }

    synchronized void replace(String name, Pin instead) {
        Map<String, Replacement> replacements = new TreeMap<>(replacements());
        Pin.Written old = originals().get(name);
        if (old == null) {
            throw new IllegalArgumentException("No such pin: " + name);
        }
        replacements.put(name, new Replacement(old.hash(), instead.write()));
        write(replaced, replacements);
    }

    private Map<String, Pin.Written> originals() {
        return read(original, PINS);
    }

    private Map<String, Pin.Written> written() {
        Map<String, Pin.Written> pins = new TreeMap<>(originals());
        replacements()
                .forEach((name, replacement) -> pins.computeIfPresent(
                        name, (key, pin) -> pin.hash().equals(replacement.insteadOf()) ? replacement.pin() : pin));
        return pins;
    }

    private Map<String, Replacement> replacements() {
        return Files.exists(replaced) ? read(replaced, new TypeReference<>() {}) : Map.of();
    }

    private static <T> T read(Path file, TypeReference<T> type) {
        try {
            return JSON.readValue(file.toFile(), type);
        } catch (IOException broken) {
            throw new UncheckedIOException("Cannot read " + file, broken);
        }
    }

    private static void write(Path file, Object content) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
            JSON.writeValue(fresh.toFile(), content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException broken) {
            throw new UncheckedIOException("Cannot write " + file, broken);
        }
    }
}
