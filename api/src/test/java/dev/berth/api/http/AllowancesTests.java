package dev.berth.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AllowancesTests {
    private final Hand hand = new Hand();

    @Test
    void aBucketIsEmptyWhenItsMinuteIsSpentAndFillsEvenly() {
        Allowances allowances = new Allowances(60, 10, hand);
        for (int i = 0; i < 60; i++) {
            assertThat(allowances.take("a")).isEmpty();
        }
        assertThat(allowances.take("a")).contains(Duration.ofSeconds(1));
        hand.move(Duration.ofSeconds(2));
        assertThat(allowances.take("a")).isEmpty();
        assertThat(allowances.take("a")).isEmpty();
        assertThat(allowances.take("a")).isPresent();
    }

    @Test
    void nobodySpendsFromAnothersBucket() {
        Allowances allowances = new Allowances(1, 10, hand);
        assertThat(allowances.take("a")).isEmpty();
        assertThat(allowances.take("b")).isEmpty();
        assertThat(allowances.take("a")).isPresent();
    }

    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-11-25T00:00:00Z");

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
