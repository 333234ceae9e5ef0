package dev.berth.activities.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.domain.edge.EdgeControl;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCrypt;

final class EdgePasswordTests {
    private static final byte[] KEY = new byte[32];

    @Test
    void theEdgeKeepsAHashOfWhatBerthShows() {
        EdgeControl control = EdgePassword.of(KEY);
        String shown = control.authorization().substring("Basic ".length());
        String[] credentials = new String(Base64.getDecoder().decode(shown), UTF_8).split(":", 2);
        String[] kept = control.user().split(":", 2);
        assertThat(kept[0]).isEqualTo(credentials[0]);
        assertThat(BCrypt.checkpw(credentials[1], kept[1])).isTrue();
        assertThat(kept[1]).doesNotContain(credentials[1]);
    }

    @Test
    void whoeverWritesTheDocumentWritesTheSame() {
        assertThat(EdgePassword.of(KEY)).isEqualTo(EdgePassword.of(KEY));
    }

    @Test
    void anotherKeyIsAnotherPassword() {
        EdgeControl other = EdgePassword.of(new byte[] {1});
        assertThat(other.user()).isNotEqualTo(EdgePassword.of(KEY).user());
        assertThat(other.authorization()).isNotEqualTo(EdgePassword.of(KEY).authorization());
    }

    @Test
    void neitherIsInALog() {
        assertThat(EdgePassword.of(KEY)).hasToString("EdgeControl[…]");
    }
}
