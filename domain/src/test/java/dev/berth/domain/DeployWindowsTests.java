package dev.berth.domain;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DeployWindowsTests {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant MONDAY_NOON = Instant.parse("2026-06-01T10:00:00Z");

    @Test
    void withoutWindowsItIsAlwaysOpen() {
        assertThat(DeployWindows.ALWAYS.opensAfter(MONDAY_NOON)).isEmpty();
    }

    @Test
    void theTimesAreThoseOfTheZone() {
        DeployWindows windows = of(BERLIN, window(Set.of(MONDAY), "12:00", "13:00"));
        assertThat(windows.isOpen(MONDAY_NOON)).isTrue();
        assertThat(windows.isOpen(MONDAY_NOON.minusMillis(1))).isFalse();
        assertThat(windows.isOpen(MONDAY_NOON.plus(Duration.ofHours(1)))).isFalse();
        assertThat(windows.opensAfter(MONDAY_NOON.plus(Duration.ofHours(1))))
                .contains(MONDAY_NOON.plus(Duration.ofDays(7)));
    }

    @Test
    void oneThatEndsBeforeItBeginsEndsOnTheNextDay() {
        DeployWindows windows = of(ZoneId.of("UTC"), window(Set.of(SUNDAY), "22:00", "02:00"));
        assertThat(windows.isOpen(Instant.parse("2026-06-01T01:59:59Z"))).isTrue();
        assertThat(windows.isOpen(Instant.parse("2026-06-01T02:00:00Z"))).isFalse();
        assertThat(windows.isOpen(Instant.parse("2026-06-02T01:00:00Z"))).isFalse();
    }

    @Test
    void equalTimesMakeTwentyFourHours() {
        DeployWindows windows = of(ZoneId.of("UTC"), window(Set.of(SATURDAY, SUNDAY), "00:00", "00:00"));
        assertThat(windows.opensAfter(MONDAY_NOON)).contains(Instant.parse("2026-06-06T00:00:00Z"));
        assertThat(windows.isOpen(Instant.parse("2026-06-07T23:59:59Z"))).isTrue();
        assertThat(windows.isOpen(Instant.parse("2026-06-08T00:00:00Z"))).isFalse();
    }

    @Test
    void anHourThatIsLeftOutMovesTheOpeningAndOneThatComesTwiceIsOpenTwice() {
        DeployWindows spring = of(BERLIN, window(Set.of(SUNDAY), "02:30", "04:00"));
        assertThat(spring.opensAfter(Instant.parse("2026-03-29T00:00:00Z")))
                .as("there is no half past two")
                .contains(Instant.parse("2026-03-29T01:00:00Z"));
        DeployWindows half = of(BERLIN, window(Set.of(SUNDAY), "02:30", "03:15"));
        assertThat(half.opensAfter(Instant.parse("2026-03-29T00:00:00Z")))
                .contains(Instant.parse("2026-03-29T01:00:00Z"));
        assertThat(half.isOpen(Instant.parse("2026-03-29T01:14:00Z"))).isTrue();
        assertThat(half.isOpen(Instant.parse("2026-03-29T01:15:00Z"))).isFalse();
        DeployWindows none = of(BERLIN, window(Set.of(SUNDAY), "02:10", "02:50"));
        assertThat(none.opensAfter(Instant.parse("2026-03-29T00:00:00Z")))
                .as("a week later it has its hours again")
                .contains(Instant.parse("2026-04-05T00:10:00Z"));
        DeployWindows autumn = of(BERLIN, window(Set.of(SUNDAY), "02:00", "03:00"));
        assertThat(autumn.isOpen(Instant.parse("2026-10-25T00:30:00Z"))).isTrue();
        assertThat(autumn.isOpen(Instant.parse("2026-10-25T01:30:00Z"))).isTrue();
        assertThat(autumn.isOpen(Instant.parse("2026-10-25T02:00:00Z"))).isFalse();
    }

    @Test
    void theOnlyWindowIsNotOpenAllWeekBecauseTheClocksGoForwardOverIt() {
        DeployWindows windows = of(BERLIN, window(Set.of(SUNDAY), "02:00", "03:00"));
        Instant lastWindowEnded = Instant.parse("2026-03-22T02:00:00Z");
        Instant nextOne = Instant.parse("2026-04-05T00:00:00Z");
        for (Instant hour = lastWindowEnded; hour.isBefore(nextOne); hour = hour.plus(Duration.ofHours(1))) {
            assertThat(windows.opensAfter(hour)).as("at %s", hour).contains(nextOne);
        }
        assertThat(windows.opensAfter(nextOne)).isEmpty();
    }

    @Test
    void theNextOpeningIsTheFirstMinuteThatIsOpen() {
        long seed = 42;
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            DeployWindows windows = random(random);
            Instant moment = LocalDateTime.of(2026, 1, 1, 0, 0)
                    .plusMinutes(random.nextInt(365 * 24 * 60))
                    .atZone(BERLIN)
                    .toInstant();
            assertThat(windows.opensAfter(moment))
                    .as("seed %d, round %d: %s at %s", seed, i, windows, moment)
                    .isEqualTo(firstOpenMinute(windows, moment));
        }
    }

    /** By looking at each of the week's minutes. */
    private static Optional<Instant> firstOpenMinute(DeployWindows windows, Instant moment) {
        if (windows.isOpen(moment)) {
            return Optional.empty();
        }
        Instant minute = moment;
        while (!windows.isOpen(minute)) {
            minute = minute.plus(Duration.ofMinutes(1));
        }
        return Optional.of(minute);
    }

    private static DeployWindows random(Random random) {
        List<DeployWindow> windows = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            Set<DayOfWeek> days =
                    EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)), random.nextBoolean() ? FRIDAY : MONDAY);
            windows.add(new DeployWindow(days, time(random), time(random)));
        }
        return new DeployWindows(windows, BERLIN);
    }

    private static LocalTime time(Random random) {
        return LocalTime.of(random.nextInt(24), random.nextInt(60));
    }

    private static DeployWindows of(ZoneId zone, DeployWindow window) {
        return new DeployWindows(List.of(window), zone);
    }

    private static DeployWindow window(Set<DayOfWeek> days, String from, String until) {
        return new DeployWindow(days, LocalTime.parse(from), LocalTime.parse(until));
    }
}
