package dev.berth.api.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealingKeyTests {
    private static final byte[] FORMER = key(1);
    private static final byte[] NEWEST = key(2);
    private static final String MINE = "mine";

    @Test
    void theNewestKeySealsAndFormerOnesOpen() {
        byte[] old = new SealingKey(FORMER, "test").close(text(), MINE);
        SealingKey both = new SealingKey(NEWEST, List.of(FORMER), "test");
        assertThat(both.open(old, MINE))
                .hasValueSatisfying(value -> assertThat(value).isEqualTo(text()));
        assertThat(both.isNewest(old)).isFalse();
        byte[] again = both.close(text(), MINE);
        assertThat(both.isNewest(again)).isTrue();
        assertThat(new SealingKey(NEWEST, "test").open(again, MINE)).isPresent();
        assertThat(new SealingKey(NEWEST, "test").open(old, MINE))
                .as("the former key is taken away")
                .isEmpty();
    }

    @Test
    void aValueOpensForItsOwnerAndItsPurposeOnly() {
        SealingKey key = new SealingKey(NEWEST, "test");
        byte[] sealed = key.close(text(), MINE);
        assertThat(key.open(sealed, "another's")).isEmpty();
        assertThat(new SealingKey(NEWEST, "another purpose").open(sealed, MINE)).isEmpty();
        assertThat(key.close(text(), MINE)).as("a nonce of its own").isNotEqualTo(sealed);
    }

    /** The form too, and the name of the key: or one that is known could be named for another. */
    @Test
    void eachBitThatIsChangedIsFound() {
        SealingKey key = new SealingKey(NEWEST, List.of(FORMER), "test");
        byte[] sealed = key.close(text(), MINE);
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThat(key.open(changed, MINE)).as("byte " + at).isEmpty();
            assertThat(key.open(Arrays.copyOf(sealed, at), MINE))
                    .as("the first " + at)
                    .isEmpty();
        }
    }

    private static byte[] text() {
        return "a secret".getBytes(UTF_8);
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }
}
