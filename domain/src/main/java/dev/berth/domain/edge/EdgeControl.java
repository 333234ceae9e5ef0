package dev.berth.domain.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * By which the edge knows Berth at its control entry. The edge is on every organisation's network and its entries with it, so
 * its counters, which tell of everybody, are shown to who knows a password; the document holds a hash of it.
 */
public final class EdgeControl {
    private static final String USER = "berth";

    private final String password;

    private EdgeControl(String password) {
        this.password = password;
    }

    /** @param key 32 random bytes that serve nothing else */
    public static EdgeControl of(byte[] key) {
        return new EdgeControl(Base64.getUrlEncoder().withoutPadding().encodeToString(key));
    }

    /** What a request shows in {@code Authorization}. */
    public String authorization() {
        return "Basic " + base64((USER + ":" + password).getBytes(UTF_8));
    }

    /**
     * What the edge is told, in a form of {@code htpasswd}. Traefik knows three: MD5, bcrypt, which is slow at every look, and SHA-1,
     * whose collisions help nobody against a hash of 256 random bits.
     */
    String user() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            return USER + ":{SHA}" + base64(sha.digest(password.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has it", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Its password stays out of every log. */
    @Override
    public String toString() {
        return "EdgeControl[]";
    }
}
