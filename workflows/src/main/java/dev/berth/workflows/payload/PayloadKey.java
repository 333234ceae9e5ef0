package dev.berth.workflows.payload;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key under which payloads are sealed, and its name: the start of a digest, which tells nothing about the key. */
public final class PayloadKey {
    private static final int KEY_BYTES = 32;

    private final String id;
    private final SecretKey key;

    private PayloadKey(byte[] bytes) {
        this.id = HexFormat.of().formatHex(digest(bytes), 0, 6);
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /** @throws IllegalArgumentException unless there are 32 bytes */
    public static PayloadKey of(byte[] bytes) {
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "The payload key has " + bytes.length + " bytes instead of " + KEY_BYTES);
        }
        return new PayloadKey(bytes.clone());
    }

    String id() {
        return id;
    }

    SecretKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "PayloadKey " + id;
    }

    private static byte[] digest(byte[] bytes) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update("berth payload key\n".getBytes(StandardCharsets.UTF_8));
            return sha256.digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
