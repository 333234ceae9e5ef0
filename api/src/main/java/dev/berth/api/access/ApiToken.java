package dev.berth.api.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A token as it was presented: {@code berth_} and 20 to 200 letters, digits, {@code _} or {@code -}. Only its hash is kept anywhere. */
record ApiToken(String value) {
    private static final Pattern FORMAT = Pattern.compile("berth_[A-Za-z0-9_-]{20,200}");

    ApiToken {
        if (!FORMAT.matcher(value).matches()) {
            throw new IllegalArgumentException("Not an API token");
        }
    }

    /** Empty for a text that cannot be a token. */
    static Optional<ApiToken> of(String text) {
        return FORMAT.matcher(text).matches() ? Optional.of(new ApiToken(text)) : Optional.empty();
    }

    /** SHA-256: a token has more random bits than anybody can try, so no slow hash is needed. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "ApiToken[…]";
    }
}
