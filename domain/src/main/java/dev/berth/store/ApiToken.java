package dev.berth.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A bearer token as its holder knows it: {@code berth_} and 40 URL-safe characters, 240 random bits. Only its SHA-256 is kept;
 * with that many bits a slow hash would add nothing.
 */
public record ApiToken(String value) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 30;
    private static final int PREFIX_LENGTH = 12;

    public static ApiToken generate() {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        return new ApiToken("berth_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** What lists show of it. */
    public String prefix() {
        return value.substring(0, Math.min(PREFIX_LENGTH, value.length()));
    }

    @Override
    public String toString() {
        return "ApiToken[" + prefix() + "…]";
    }
}
