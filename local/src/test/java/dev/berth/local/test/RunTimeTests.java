package dev.berth.local.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.LocalFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RunTimeTests {
    private static final Instant BEGIN = Instant.ofEpochSecond(1_000_000);
    private final RunTime hundred = RunTime.of(BEGIN, Map.of("BERTH_TEST_MINUTES", "100"));

    @Test
    void testsOnPartsLeaveTheRestOfTheTimeToThoseOnTheStack() {
        Instant now = BEGIN.plus(Duration.ofMinutes(12));
        assertThat(hundred.variables(now))
                .containsEntry("BERTH_TEST_STACK_UNTIL", seconds(Duration.ofMinutes(83)))
                .containsEntry("BERTH_TEST_PARTS_UNTIL", seconds(Duration.ofSeconds(12 * 60 + 71 * 60 * 6 / 10)));
        assertThat(hundred.browserVariables())
                .containsEntry("BERTH_TEST_BROWSER_UNTIL", seconds(Duration.ofMinutes(98)));
    }

    @Test
    void whereTheTimeIsUpBeforeTheyBeginNoneIsBegun() {
        Instant now = BEGIN.plus(Duration.ofMinutes(95));
        assertThat(hundred.variables(now)).containsEntry("BERTH_TEST_PARTS_UNTIL", seconds(Duration.ofMinutes(95)));
        assertThat(hundred.left(now)).isEqualTo(Duration.ofMinutes(8));
        assertThat(hundred.left(BEGIN.plus(Duration.ofMinutes(300)))).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void whatIsNoNumberOfMinutesIsRefused() {
        assertThatThrownBy(() -> RunTime.of(BEGIN, Map.of("BERTH_TEST_MINUTES", "an hour")))
                .isInstanceOf(LocalFailure.class)
                .hasMessageContaining("BERTH_TEST_MINUTES is a number of minutes, and not 'an hour'");
    }

    private static String seconds(Duration afterBegin) {
        return Long.toString(BEGIN.plus(afterBegin).getEpochSecond());
    }
}
