package dev.berth.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a cookie or a link carries: 43 URL-safe characters, 256 random bits. Only its SHA-256 is kept; with that many bits a slow
 * hash would add nothing.
 */
public record RandomSecret(String value) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9_-]{20,200}");

    public static RandomSecret generate() {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        return new RandomSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /** Empty for a text that can be none, so that noise costs no query. */
    public static Optional<RandomSecret> parse(String text) {
        return FORMAT.matcher(text).matches() ? Optional.of(new RandomSecret(text)) : Optional.empty();
    }

    public byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "RandomSecret[…]";
    }
}
