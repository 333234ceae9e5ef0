package dev.berth.testkit;

import java.time.Instant;
import java.util.Optional;

/**
 * Until when a run begins tests on real parts, so that it ends in its time on a slow machine, too: {@code ./berth test} sets it and
 * names at its end what was left out. Seconds since 1970; where it is not set there is no end.
 */
public enum TestTime {
    /** Of tests that need some parts. */
    PARTS("BERTH_TEST_PARTS_UNTIL"),
    /** Of tests on a whole stack. */
    STACK("BERTH_TEST_STACK_UNTIL");

    /** Why a test was left out. */
    public static final String IS_UP = "The run's time was up.";

    private final String variable;

    TestTime(String variable) {
        this.variable = variable;
    }

    public boolean isUp() {
        return Optional.ofNullable(System.getenv(variable))
                .filter(value -> !value.isBlank())
                .map(Long::parseLong)
                .filter(until -> Instant.now().getEpochSecond() >= until)
                .isPresent();
    }
}
