package dev.berth.api.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.settings.Settings;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Seals what the database keeps and must not be able to read: AES-256-GCM with a random nonce, under keys derived from
 * PAYLOAD_KEY by HKDF-SHA256 (RFC 5869), each purpose its own. A sealed value opens for its person only.
 */
@Component
class Seal {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey totpKey;
    private final SecretKey cookieKey;

    Seal(Settings settings) {
        this.totpKey = derived(settings.payloadKey(), "berth totp secret v1", "AES");
        this.cookieKey = derived(settings.payloadKey(), "berth sign-in state v1", "HmacSHA256");
    }

    private static SecretKey derived(byte[] key, String purpose, String algorithm) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            algorithm,
                            HKDFParameterSpec.ofExtract().addIKM(key).thenExpand(purpose.getBytes(UTF_8), KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 25 has HKDF-SHA256", e);
        }
    }

    /** @return nonce, then what is sealed, then its tag */
    byte[] close(byte[] value, UUID userId) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, userId).doFinal(value);
            return ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot be sealed", e);
        }
    }

    /** @throws IllegalStateException for what was sealed for another person or under another key */
    byte[] open(byte[] sealed, UUID userId) {
        try {
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES), userId)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Was not sealed by this installation for this person", e);
        }
    }

    /** HMAC-SHA256: what a browser keeps for us comes back as we gave it, or is refused. */
    byte[] signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(cookieKey);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, UUID userId) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(totpKey.getEncoded(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("berth:v1|totp|" + userId).getBytes(UTF_8));
        return cipher;
    }
}
