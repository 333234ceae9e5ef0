package dev.berth.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.supervise.Observation.Move;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row of the supervisor's rule. */
final class ObservationTests {
    @ParameterizedTest(name = "held {0}, available {1}, alive {2}, answered {3}, needs {4}, pause {5} ms: {6}")
    @CsvSource({
        // held wins over everything
        "true,  true,  true,  true,  true,  0,   END",
        "true,  true,  true,  false, false, 0,   END",
        "true,  true,  false, false, true,  0,   STAY_HELD",
        "true,  false, false, false, true,  500, STAY_HELD",
        // what runs is left to run, even where what it needs has gone or its program was removed
        "false, true,  true,  true,  true,  0,   WATCH",
        "false, true,  true,  true,  false, 0,   WATCH",
        "false, false, true,  true,  true,  0,   WATCH",
        "false, true,  true,  false, true,  0,   AWAIT_ANSWER",
        // what is dead is started, after its pause, when all that it needs answers
        "false, true,  false, false, true,  0,   START",
        "false, true,  false, false, true,  500, PAUSE",
        "false, true,  false, false, false, 500, PAUSE",
        "false, true,  false, false, false, 0,   AWAIT_NEEDS",
        "false, false, false, false, true,  0,   STAY_UNAVAILABLE",
        "false, false, false, false, false, 500, STAY_UNAVAILABLE",
    })
    void decides(
            boolean held,
            boolean available,
            boolean alive,
            boolean answered,
            boolean needs,
            long pause,
            Move expected) {
        Observation seen = new Observation(
                held, available, alive, answered, needs, Duration.ofSeconds(1), Duration.ofMillis(pause));
        assertThat(seen.move()).isEqualTo(expected);
    }

    @Test
    void givesUpOnAStartThatTakesTooLong() {
        Duration tooLong = Observation.LONGEST_START.plusSeconds(1);
        assertThat(new Observation(false, true, true, false, true, tooLong, Duration.ZERO).move())
                .isEqualTo(Move.GIVE_UP);
        assertThat(new Observation(false, true, true, true, true, tooLong, Duration.ZERO).move())
                .as("what has answered once is never given up")
                .isEqualTo(Move.WATCH);
    }

    @Test
    void aPauseThatIsOverIsNoPause() {
        assertThat(new Observation(false, true, false, false, true, Duration.ZERO, Duration.ofMillis(-1)).move())
                .isEqualTo(Move.START);
    }
}
