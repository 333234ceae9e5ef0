package dev.berth.api.repeats;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.settings.Settings;
import dev.berth.store.IdempotencyKeys;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Seals kept answers: some show a token that is kept nowhere else. AES-256-GCM with a key of its own, derived from the payload
 * key, and bound to the row, so that no answer can be put under another caller's key. Form: nonce, then text and tag.
 */
@Component
class AnswerSeal {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    AnswerSeal(Settings settings) throws GeneralSecurityException {
        Mac derive = Mac.getInstance("HmacSHA256");
        derive.init(new SecretKeySpec(settings.payloadKey(), "HmacSHA256"));
        this.key = new SecretKeySpec(derive.doFinal("berth/kept-answers/1".getBytes(UTF_8)), "AES");
    }

    byte[] seal(IdempotencyKeys.Key row, byte[] body) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] text = cipher(Cipher.ENCRYPT_MODE, nonce, row).doFinal(body);
            byte[] sealed = Arrays.copyOf(nonce, NONCE + text.length);
            System.arraycopy(text, 0, sealed, NONCE, text.length);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has AES-GCM", e);
        }
    }

    /** Empty for what was sealed with another key, or for another row. */
    Optional<byte[]> open(IdempotencyKeys.Key row, byte[] sealed) {
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), row)
                    .doFinal(sealed, NONCE, sealed.length - NONCE));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, IdempotencyKeys.Key row) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((row.principalId() + "\n" + row.route() + "\n" + row.text()).getBytes(UTF_8));
        return cipher;
    }
}
