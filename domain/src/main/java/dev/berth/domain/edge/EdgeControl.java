package dev.berth.domain.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * By which the edge knows Berth at its control entry. The edge is on every organisation's network and its entries with it, so
 * its counters, which tell of everybody, are shown to who knows a password. It is made of the installation's key, so that
 * whoever writes the document and whoever asks need not tell each other; the document holds a hash of it.
 */
public final class EdgeControl {
    private static final String USER = "berth";
    private static final String PURPOSE = "berth edge control";

    private final String password;

    private EdgeControl(String password) {
        this.password = password;
    }

    /** @param key 32 bytes that no tenant knows */
    public static EdgeControl of(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return new EdgeControl(
                    Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(PURPOSE.getBytes(UTF_8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has it", e);
        }
    }

    /** What a request shows in {@code Authorization}. */
    public String authorization() {
        return "Basic " + base64((USER + ":" + password).getBytes(UTF_8));
    }

    /** What the edge is told, in the form of {@code htpasswd}. SHA-1 is enough for 256 random bits, and quick at every look. */
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
