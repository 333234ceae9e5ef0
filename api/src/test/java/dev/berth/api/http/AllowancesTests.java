package dev.berth.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.Hand;
import java.time.Duration;
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

    @Test
    void oneThatIsPutBackDidNotCount() {
        Allowances allowances = new Allowances(2, Duration.ofHours(1), 10, hand);
        assertThat(allowances.take("a")).isEmpty();
        assertThat(allowances.take("a")).isEmpty();
        allowances.giveBack("a");
        assertThat(allowances.take("a")).isEmpty();
        assertThat(allowances.take("a")).contains(Duration.ofMinutes(30));
        hand.move(Duration.ofHours(3));
        allowances.giveBack("a");
        assertThat(allowances.take("a")).isEmpty();
        assertThat(allowances.take("a")).isEmpty();
        assertThat(allowances.take("a")).as("Never more than there were").isPresent();
    }
}
