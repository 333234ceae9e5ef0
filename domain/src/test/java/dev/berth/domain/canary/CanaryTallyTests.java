package dev.berth.domain.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.canary.CanaryTally.Counters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanaryTallyTests {
    @Test
    void addsUpWhatCameSinceTheLastLook() {
        CanaryTally tally = CanaryTally.NOTHING.plus(new Counters(10, 1)).plus(new Counters(25, 1));
        assertThat(tally).isEqualTo(new CanaryTally(25, 1, new Counters(25, 1)));
        assertThat(tally.plus(new Counters(25, 1))).as("nothing came").isEqualTo(tally);
    }

    @Test
    void keepsWhatWasCountedBeforeTheEdgeWasStartedAgain() {
        CanaryTally before = CanaryTally.NOTHING.plus(new Counters(100, 4));
        assertThat(before.plus(new Counters(7, 2))).isEqualTo(new CanaryTally(107, 6, new Counters(7, 2)));
        assertThat(before.plus(Counters.ZERO))
                .as("and nothing came since")
                .isEqualTo(new CanaryTally(100, 4, Counters.ZERO));
        assertThat(before.plus(new Counters(120, 3)))
                .as("errors never go back")
                .isEqualTo(new CanaryTally(220, 7, new Counters(120, 3)));
        assertThat(before.plus(new Counters(101, 90)))
                .as("errors come with their requests")
                .isEqualTo(new CanaryTally(201, 94, new Counters(101, 90)));
    }

    @ParameterizedTest(name = "{0} requests, {1} errors, at most {2} %: {3}")
    @CsvSource({
        "0, 0, 5, false",
        "19, 19, 5, false",
        "20, 1, 5, false",
        "20, 2, 5, true",
        "100, 5, 5, false",
        "100, 6, 5, true",
        "20, 20, 99, true",
        "20, 20, 100, false",
        "9000000000000000, 89999999999999, 1, false",
        "9000000000000000, 90000000000001, 1, true",
    })
    void isBeyondWhatIsAllowedOnlyWhenThereIsEnoughToJudgeBy(long requests, long errors, int most, boolean beyond) {
        CanaryTally tally = new CanaryTally(requests, errors, new Counters(requests, errors));
        assertThat(tally.isBeyond(most)).isEqualTo(beyond);
        assertThat(CanaryVerdict.of(tally, most).map(Failure::code))
                .isEqualTo(beyond ? java.util.Optional.of(FailureCode.CANARY_ERRORS) : java.util.Optional.empty());
    }

    @Test
    void theReasonSaysWhatWasCounted() {
        CanaryTally tally = new CanaryTally(40, 9, new Counters(40, 9));
        assertThat(CanaryVerdict.of(tally, 5).orElseThrow().evidence()).contains("40 requests, 9 of them");
        assertThat(CanaryVerdict.aborted(tally).evidence()).contains("40 requests, 9 of them");
        assertThat(CanaryVerdict.undecided(tally).evidence()).contains("40 requests, 9 of them");
    }

    @Test
    void moreErrorsThanRequestsAreNoCounts() {
        assertThatThrownBy(() -> new Counters(1, 2)).hasMessageContaining("2 errors of 1 requests");
        assertThatThrownBy(() -> new CanaryTally(1, -1, Counters.ZERO)).hasMessageContaining("-1");
    }
}
