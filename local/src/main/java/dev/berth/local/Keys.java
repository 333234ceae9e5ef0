package dev.berth.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Properties;

/**
 * What this stack keeps secret, and its name. Made once, kept in {@code keys.properties} (mode 0600), never printed.
 *
 * @param instance the value of every label {@code berth.instance}
 * @param payloadKey base64 of the 32 bytes that encrypt Temporal's payloads
 */
public record Keys(
        String instance, String payloadKey, String superuserPassword, String ownerPassword, String appPassword) {
    private static final SecureRandom RANDOM = new SecureRandom();

    public static Keys of(Folders folders) {
        Path file = folders.state().resolve("keys.properties");
        try {
            if (Files.notExists(file)) {
                Folders.writePrivately(file, fresh());
            }
            Properties kept = new Properties();
            kept.load(new StringReader(Files.readString(file, UTF_8)));
            return new Keys(
                    kept.getProperty("instance"),
                    kept.getProperty("payloadKey"),
                    kept.getProperty("superuserPassword"),
                    kept.getProperty("ownerPassword"),
                    kept.getProperty("appPassword"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fresh() {
        return """
                # Secrets of this stack. Losing them loses its database and its running workflows.
                instance=berth-%s
                payloadKey=%s
                superuserPassword=%s
                ownerPassword=%s
                appPassword=%s
                """.formatted(hex(4), Base64.getEncoder().encodeToString(bytes(32)), hex(24), hex(24), hex(24));
    }

    private static String hex(int count) {
        return HexFormat.of().formatHex(bytes(count));
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "Keys[" + instance + "]";
    }
}
