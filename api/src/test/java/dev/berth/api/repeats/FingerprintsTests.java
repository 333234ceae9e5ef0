package dev.berth.api.repeats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.settings.Settings;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintsTests {
    private static final String BODY = "{\"a\":1,\"password\":\"guess me\"}";

    @Test
    void fieldsMayComeInAnyOrder() {
        Fingerprints fingerprints = fingerprints(1, "");
        assertThat(of(fingerprints, BODY)).isEqualTo(of(fingerprints, "{\"password\": \"guess me\", \"a\": 1}"));
        assertThat(of(fingerprints, BODY)).isNotEqualTo(of(fingerprints, "{\"a\":2,\"password\":\"guess me\"}"));
        assertThat(of(fingerprints, BODY).text()).matches("[0-9a-f]{64}");
    }

    @Test
    void whoeverReadsOneCannotTryPasswordsAtIt() throws Exception {
        byte[] plain = MessageDigest.getInstance("SHA-256").digest(("POST\n/api/me/totp\n\n" + BODY).getBytes(UTF_8));
        assertThat(of(fingerprints(1, ""), BODY).text())
                .isNotEqualTo(HexFormat.of().formatHex(plain))
                .isNotEqualTo(of(fingerprints(2, ""), BODY).text());
    }

    @Test
    void aRepeatIsKnownAfterTheKeyWasReplaced() {
        String kept = of(fingerprints(1, ""), BODY).text();
        assertThat(of(fingerprints(2, key(1)), BODY).isOf(kept)).isTrue();
        assertThat(of(fingerprints(2, key(1)), "{}").isOf(kept)).isFalse();
        assertThat(of(fingerprints(2, ""), BODY).isOf(kept)).isFalse();
    }

    private static Fingerprint of(Fingerprints fingerprints, String body) {
        return fingerprints.of("POST", "/api/me/totp", null, body.getBytes(UTF_8));
    }

    private static Fingerprints fingerprints(int key, String former) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "DATABASE_URL", "postgres://berth_app:x@db:5432/berth",
                "CLIENT_URL", "https://berth.example",
                "NIX_STORE_ROOT", "/nowhere",
                "PACKAGE_SET", "/nowhere",
                "EDGE_DIRECTORY", "/nowhere",
                "BUILD_DIRECTORY", "/nowhere",
                "CACHE_DIRECTORY", "/nowhere",
                "PAYLOAD_KEY", key(key)));
        environment.put("PAYLOAD_KEYS_BEFORE", former);
        return new Fingerprints(Settings.of(environment));
    }

    private static String key(int fill) {
        byte[] key = new byte[32];
        java.util.Arrays.fill(key, (byte) fill);
        return Base64.getEncoder().encodeToString(key);
    }
}
