package dev.berth.api.repeats;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.api.seal.SealingKey;
import dev.berth.settings.Settings;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes fingerprints of requests: HMAC-SHA256 of method, address and body, whose fields may come in any order. A body may be
 * nothing but a password, which whoever reads the database would find by trying, were there no key to it.
 */
@Component
class Fingerprints {
    private static final String PURPOSE = "berth request fingerprints v1";
    private static final String ALGORITHM = "HmacSHA256";
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final SecretKey newest;
    private final List<SecretKey> former;

    Fingerprints(Settings settings) {
        this.newest = SealingKey.derived(settings.payloadKey(), PURPOSE, ALGORITHM);
        this.former = settings.formerPayloadKeys().stream()
                .map(key -> SealingKey.derived(key, PURPOSE, ALGORITHM))
                .toList();
    }

    Fingerprint of(String method, String path, @Nullable String query, byte[] body) {
        byte[] head = (method + '\n' + path + '\n' + (query == null ? "" : query) + '\n').getBytes(UTF_8);
        byte[] canonical = canonical(body);
        return new Fingerprint(
                text(newest, head, canonical),
                former.stream().map(key -> text(key, head, canonical)).collect(Collectors.toUnmodifiableSet()));
    }

    private static String text(SecretKey key, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(head);
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }

    /** The body itself where it is no JSON; such a request is refused later on. */
    private static byte[] canonical(byte[] body) {
        if (body.length == 0) {
            return body;
        }
        try {
            return CANONICAL.writeValueAsBytes(CANONICAL.readValue(body, Object.class));
        } catch (JacksonException e) {
            return body;
        }
    }
}
