package dev.berth.activities.nix;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Computes store paths of things with a known content, so that no Nix has to be asked what they will be called. Source: Nix
 * manual, "Store path specification"; checked in a test against {@code nix-store --add-fixed}.
 */
final class StorePaths {
    private static final String ALPHABET = "0123456789abcdfghijklmnpqrsvwxyz";
    private static final int HASH_BYTES = 20;

    private StorePaths() {}

    /** The path of a file of this content and name. */
    static String ofFile(ContentHash hash, String name) {
        return path("output:out", inner("", hash), name);
    }

    /** The path of a folder whose archive (NAR) has this hash. */
    static String ofTree(ContentHash hash, String name) {
        return hash.algorithm().equals("sha256")
                ? path("source", hash.hex(), name)
                : path("output:out", inner("r:", hash), name);
    }

    private static String inner(String method, ContentHash hash) {
        return sha256("fixed:out:" + method + hash.algorithm() + ":" + hash.hex() + ":")
                .hex();
    }

    private static String path(String type, String sha256, String name) {
        byte[] digest =
                sha256(type + ":sha256:" + sha256 + ":/nix/store:" + name).digest();
        byte[] folded = new byte[HASH_BYTES];
        for (int i = 0; i < digest.length; i++) {
            folded[i % HASH_BYTES] ^= digest[i];
        }
        return "/nix/store/" + base32(folded) + "-" + name;
    }

    private static ContentHash sha256(String text) {
        byte[] digest = ContentHash.begin("sha256").digest(text.getBytes(StandardCharsets.UTF_8));
        return new ContentHash("sha256", HexFormat.of().formatHex(digest));
    }

    /** Nix's own base 32: its alphabet, and the last digit first. */
    private static String base32(byte[] bytes) {
        int length = (bytes.length * 8 - 1) / 5 + 1;
        StringBuilder text = new StringBuilder(length);
        for (int digit = length - 1; digit >= 0; digit--) {
            int bit = digit * 5;
            int low = (bytes[bit / 8] & 0xff) >> (bit % 8);
            int high = bit / 8 + 1 < bytes.length ? (bytes[bit / 8 + 1] & 0xff) << (8 - bit % 8) : 0;
            text.append(ALPHABET.charAt((low | high) & 31));
        }
        return text.toString();
    }
}
