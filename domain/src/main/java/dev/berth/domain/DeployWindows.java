package dev.berth.domain;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The times of the week in which a service's new images may be started.
 *
 * @param windows none: at any time
 * @param zone of their days and times
 */
public record DeployWindows(List<DeployWindow> windows, ZoneId zone) {
    public static final DeployWindows ALWAYS = new DeployWindows(List.of(), ZoneId.of("UTC"));

    /** A week, and another one where the clocks go forward over the only window of the first. */
    private static final int DAYS_LOOKED_AT = 2 * 7;

    public DeployWindows {
        windows = List.copyOf(windows);
        requireNonNull(zone, "zone is null");
    }

    /** Whether an image may be started then. */
    public boolean isOpen(Instant moment) {
        ZonedDateTime there = moment.atZone(zone);
        // Yesterday's may still be open.
        return windows.isEmpty()
                || Stream.of(there.toLocalDate().minusDays(1), there.toLocalDate())
                        .anyMatch(day -> windows.stream().anyMatch(window -> window.isOpen(day, there)));
    }

    /** When the next one opens; empty where one is open then, and never because none was found. */
    public Optional<Instant> opensAfter(Instant moment) {
        if (isOpen(moment)) {
            return Optional.empty();
        }
        LocalDate today = moment.atZone(zone).toLocalDate();
        return Stream.iterate(today, day -> day.plusDays(1))
                .limit(DAYS_LOOKED_AT + 1L)
                .flatMap(day -> windows.stream()
                        .filter(window -> window.opensOn(day, zone))
                        .map(window -> window.opens(day, zone).toInstant()))
                .filter(opens -> opens.isAfter(moment))
                .min(Comparator.naturalOrder())
                // Whoever is told nothing would start at once: look again then.
                .or(() -> Optional.of(moment.plus(Duration.ofDays(DAYS_LOOKED_AT))));
    }
}
