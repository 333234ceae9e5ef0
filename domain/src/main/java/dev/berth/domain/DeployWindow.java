package dev.berth.domain;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.EnumSet;
import java.util.Set;

/**
 * A time of the week in which a new image may be started.
 *
 * @param days on which it opens, at least one
 * @param from when it opens
 * @param until when it closes; not later than {@code from} is on the next day, so that equal times make 24 hours
 */
public record DeployWindow(Set<DayOfWeek> days, LocalTime from, LocalTime until) {
    public DeployWindow {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("A deploy window has no day");
        }
        days = Set.copyOf(EnumSet.copyOf(days));
        requireNonNull(from, "from is null");
        requireNonNull(until, "until is null");
    }

    /** Whether the one that opens on {@code day} is open then. */
    boolean isOpen(LocalDate day, ZonedDateTime moment) {
        return days.contains(day.getDayOfWeek())
                && !moment.isBefore(opens(day, moment.getZone()))
                && moment.isBefore(closes(day, moment.getZone()));
    }

    /** Whether it opens on that day: on one that lacks its hours it does not. */
    boolean opensOn(LocalDate day, ZoneId zone) {
        return days.contains(day.getDayOfWeek()) && opens(day, zone).isBefore(closes(day, zone));
    }

    ZonedDateTime opens(LocalDate day, ZoneId zone) {
        return at(day.atTime(from), zone);
    }

    private ZonedDateTime closes(LocalDate day, ZoneId zone) {
        LocalDate last = until.isAfter(from) ? day : day.plusDays(1);
        return at(last.atTime(until), zone);
    }

    /** A time that the clock leaves out is the moment at which it was put forward. */
    private static ZonedDateTime at(LocalDateTime time, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(time);
        return change != null && change.isGap() ? change.getDateTimeAfter().atZone(zone) : time.atZone(zone);
    }
}
