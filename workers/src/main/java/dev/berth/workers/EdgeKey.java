package dev.berth.workers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.activities.edge.EdgePassword;
import dev.berth.domain.edge.EdgeControl;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** The key at the edge's control entry: derived from PAYLOAD_KEY by HKDF-SHA256, so it serves one purpose and nobody has to keep it. */
final class EdgeKey {
    private static final String PURPOSE = "berth edge control v1";
    private static final int KEY_BYTES = 32;

    private EdgeKey() {}

    static EdgeControl of(byte[] payloadKey) {
        try {
            return EdgePassword.of(KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(payloadKey)
                            .thenExpand(PURPOSE.getBytes(UTF_8), KEY_BYTES)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 25 has HKDF-SHA256", e);
        }
    }
}
