package dev.berth.activities.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ChangeBackoffTests {
    @Test
    void aFewChangesPassAtOnceAndACrashLoopIsSlowedDown() {
        Instant now = Instant.ofEpochSecond(1_000);
        ChangeBackoff backoff = ChangeBackoff.NONE;
        for (int i = 0; i < 3; i++) {
            assertThat(backoff.allows(now)).isTrue();
            backoff = backoff.changed(now);
        }
        for (int i = 0; i < 7; i++) {
            backoff = backoff.changed(now);
        }
        assertThat(backoff.allows(now.plusSeconds(29))).isFalse();
        assertThat(backoff.allows(now.plusSeconds(30))).isTrue();
    }

    @Test
    void aQuietMinuteForgives() {
        ChangeBackoff looping = new ChangeBackoff(20, Instant.ofEpochSecond(1_000));
        assertThat(looping.changed(Instant.ofEpochSecond(1_061)).changes()).isEqualTo(1);
    }
}
