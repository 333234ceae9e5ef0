package dev.berth.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** Keys for one purpose each, out of PAYLOAD_KEY by HKDF-SHA256 (RFC 5869), so that nobody has to keep them. */
public final class DerivedKey {
    private static final int BYTES = 32;

    private DerivedKey() {}

    /**
     * @param purpose never shared by two kinds of values
     * @return {@value #BYTES} bytes
     */
    public static byte[] of(byte[] payloadKey, String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(payloadKey)
                            .thenExpand(purpose.getBytes(UTF_8), BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 25 has HKDF-SHA256", e);
        }
    }
}
