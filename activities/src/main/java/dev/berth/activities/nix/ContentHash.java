package dev.berth.activities.nix;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * The hash of a file or a tree, as npm and Nix write it: {@code sha512-} and the digest in base 64 (W3C, Subresource
 * Integrity).
 *
 * @param algorithm {@code sha1}, {@code sha256} or {@code sha512}
 * @param hex the digest, lower case
 */
record ContentHash(String algorithm, String hex) {
    /** Name to digest length in bytes. */
    private static final Map<String, Integer> ALGORITHMS = Map.of("sha1", 20, "sha256", 32, "sha512", 64);

    ContentHash {
        Integer length = ALGORITHMS.get(algorithm);
        if (length == null || hex.length() != length * 2) {
            throw new IllegalArgumentException("Not a usable hash: " + algorithm + " " + hex);
        }
    }

    static ContentHash parse(String integrity) {
        int dash = integrity.indexOf('-');
        if (dash < 0) {
            throw new IllegalArgumentException("Not a hash of the form algorithm-base64: " + integrity);
        }
        return of(integrity.substring(0, dash), Base64.getDecoder().decode(integrity.substring(dash + 1)));
    }

    static ContentHash of(String algorithm, byte[] digest) {
        return new ContentHash(algorithm, HexFormat.of().formatHex(digest));
    }

    byte[] digest() {
        return HexFormat.of().parseHex(hex);
    }

    String integrity() {
        return algorithm + "-" + Base64.getEncoder().encodeToString(digest());
    }

    /** A fresh digest of this hash's algorithm. */
    MessageDigest begin() {
        return begin(algorithm);
    }

    static MessageDigest begin(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.replace("sha", "SHA-"));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("The Java runtime lacks " + algorithm, missing);
        }
    }
}
