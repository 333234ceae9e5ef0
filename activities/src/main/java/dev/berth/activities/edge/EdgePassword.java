package dev.berth.activities.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.domain.edge.EdgeControl;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Berth's password at the edge's control entry, as the two sides want it. Of the forms of {@code htpasswd} that Traefik knows, bcrypt
 * is the one that is not broken. The edge computes it at every look, and nobody can try 256 random bits, so its cost is the lowest.
 */
public final class EdgePassword {
    private static final String USER = "berth";
    private static final int LOWEST_COST = 4;
    private static final int SALT_BYTES = 16;
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String BASE64 = LETTERS + "+/";
    private static final String BCRYPT = "./" + LETTERS;

    private EdgePassword() {}

    /** @param key 32 random bytes that serve nothing else */
    public static EdgeControl of(byte[] key) {
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(key);
        String hash = BCrypt.hashpw(password, "$2a$%02d$%s".formatted(LOWEST_COST, salt(key)));
        String credentials = USER + ":" + password;
        return new EdgeControl(
                USER + ":" + hash, "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
    }

    /** Of the key, so that all who write the edge's document write the same; in bcrypt's own order of the 64 characters. */
    private static String salt(byte[] key) {
        StringBuilder salt = new StringBuilder();
        Base64.getEncoder()
                .withoutPadding()
                .encodeToString(Arrays.copyOf(sha256(key), SALT_BYTES))
                .chars()
                .map(character -> BCRYPT.charAt(BASE64.indexOf(character)))
                .forEach(salt::appendCodePoint);
        return salt.toString();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has it", e);
        }
    }
}
