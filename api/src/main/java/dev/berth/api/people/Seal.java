package dev.berth.api.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.api.seal.SealingKey;
import dev.berth.settings.Settings;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.springframework.stereotype.Component;

/** Seals the secrets of second factors, each for its person only, and signs what a browser keeps for us. */
@Component
class Seal {
    private final SealingKey secrets;
    private final SecretKey cookies;

    Seal(Settings settings) {
        this.secrets = new SealingKey(settings.payloadKey(), settings.formerPayloadKeys(), "berth totp secret v1");
        this.cookies = SealingKey.derived(settings.payloadKey(), "berth sign-in state v1", "HmacSHA256");
    }

    byte[] close(byte[] value, UUID userId) {
        return secrets.close(value, "totp " + userId);
    }

    /** Whether a former key sealed it, which may be taken away one day. */
    boolean isOld(byte[] sealed) {
        return !secrets.isNewest(sealed);
    }

    /** @throws IllegalStateException for what was sealed for another person or under another key */
    byte[] open(byte[] sealed, UUID userId) {
        return secrets.open(sealed, "totp " + userId)
                .orElseThrow(() -> new IllegalStateException("Was not sealed by this installation for this person"));
    }

    /** HMAC-SHA256: what a browser keeps for us comes back as we gave it, or is refused. */
    byte[] signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(cookies);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }
}
