package dev.berth.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class DerivedKeyTests {
    /** Extract without salt and expand, as RFC 5869 has it, worked out with Python's hmac. */
    @Test
    void aKeyIsThatOfTheRfc() {
        assertThat(HexFormat.of().formatHex(DerivedKey.of(key(), "berth test v1")))
                .isEqualTo("2739491f8a45b0da1d25082051b44ea0e161648194f21db725b23025ad5546af");
    }

    @Test
    void eachPurposeHasItsOwn() {
        assertThat(DerivedKey.of(key(), "berth test v1")).isNotEqualTo(DerivedKey.of(key(), "berth test v2"));
    }

    private static byte[] key() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return key;
    }
}
