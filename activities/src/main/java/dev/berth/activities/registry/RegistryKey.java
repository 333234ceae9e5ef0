package dev.berth.activities.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * Signs what the registry lets through: tokens that say who may do what in which repository. The registry knows the public
 * half alone and nobody is asked at run time, so there is no service that issues tokens.
 *
 * <p>Source: "Token Authentication Specification" and "Token Authentication Implementation" of Docker's registry 2.
 */
public final class RegistryKey {
    /** What the registry's configuration calls the signer of its tokens. */
    public static final String ISSUER = "berth";

    /** What the registry's configuration calls itself. */
    public static final String SERVICE = "berth-registry";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final char[] BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".toCharArray();
    /** Bits of the public key's digest that name it, and digits of that name in a group. */
    private static final int NAME_BYTES = 30;

    private static final int GROUP = 4;
    /** Clocks of two hosts differ a little. */
    private static final Duration EARLIER = Duration.ofMinutes(1);

    private final RSAPrivateCrtKey key;
    private final String name;

    private RegistryKey(RSAPrivateCrtKey key, String name) {
        this.key = key;
        this.name = name;
    }

    /** @param base64 of an RSA key in PKCS #8 */
    public static RegistryKey of(String base64) {
        try {
            KeyFactory rsa = KeyFactory.getInstance("RSA");
            RSAPrivateCrtKey key = (RSAPrivateCrtKey) rsa.generatePrivate(
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64.strip())));
            PublicKey half = rsa.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
            return new RegistryKey(key, nameOf(half));
        } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
            // Without the cause, which may quote what it was given.
            throw new IllegalArgumentException("The registry's key is not an RSA key in PKCS #8, in base64");
        }
    }

    /** How the registry finds the public half among those that it trusts. Source: docker/libtrust, {@code KeyID}. */
    static String nameOf(PublicKey half) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(half.getEncoded());
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < NAME_BYTES * 8; bit += 5) {
            int window = (digest[bit / 8] & 0xff) << 8 | (bit / 8 + 1 < digest.length ? digest[bit / 8 + 1] & 0xff : 0);
            name.append(bit > 0 && bit % (GROUP * 5) == 0 ? ":" : "").append(BASE32[window >> (11 - bit % 8) & 31]);
        }
        return name.toString();
    }

    /** A bearer token for these grants. */
    public String token(List<Grant> grants, Duration validity) {
        Instant now = Instant.now();
        ObjectNode header =
                JSON.createObjectNode().put("typ", "JWT").put("alg", "RS256").put("kid", name);
        ObjectNode claims = JSON.createObjectNode()
                .put("iss", ISSUER)
                .put("sub", "berth")
                .put("aud", SERVICE)
                .put("iat", now.getEpochSecond())
                .put("nbf", now.minus(EARLIER).getEpochSecond())
                .put("exp", now.plus(validity).getEpochSecond())
                .put("jti", UUID.randomUUID().toString());
        ArrayNode access = claims.putArray("access");
        for (Grant grant : grants) {
            ArrayNode actions = access.addObject()
                    .put("type", grant.type())
                    .put("name", grant.name())
                    .putArray("actions");
            grant.actions().forEach(actions::add);
        }
        String signed = URL.encodeToString(bytes(header)) + "." + URL.encodeToString(bytes(claims));
        return signed + "." + URL.encodeToString(sign(signed));
    }

    private byte[] sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A token for the registry cannot be signed", e);
        }
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "RegistryKey[" + name + "]";
    }

    /** @param type {@code repository}, or {@code registry} for the list of all */
    public record Grant(String type, String name, List<String> actions) {
        public static Grant pull(Repository repository) {
            return new Grant("repository", repository.name(), List.of("pull"));
        }

        public static Grant all(Repository repository) {
            return new Grant("repository", repository.name(), List.of("pull", "push", "delete"));
        }

        /** To list the repositories. */
        public static Grant catalogue() {
            return new Grant("registry", "catalog", List.of("*"));
        }
    }
}
