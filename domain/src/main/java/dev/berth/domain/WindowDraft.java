package dev.berth.domain;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A deploy window as its author wrote it down; becomes a {@link DeployWindow}. Any part may be missing, and each may be wrong. */
public record WindowDraft(
        @Nullable List<@Nullable String> days,
        @Nullable String from,
        @Nullable String until) {
    private static final String TIME = "must be a time of the day from 00:00 to 23:59, as HH:MM";

    /** As its author would write it: days in their order, times as HH:MM. */
    public static WindowDraft of(DeployWindow window) {
        return new WindowDraft(
                window.days().stream()
                        .sorted()
                        .map(day -> day.name().toLowerCase(Locale.ROOT))
                        .toList(),
                window.from().toString(),
                window.until().toString());
    }

    /** Only where there are no {@link #violations}. */
    public DeployWindow window() {
        return new DeployWindow(
                words().flatMap(word -> day(word).stream()).collect(Collectors.toSet()),
                time(from).orElseThrow(),
                time(until).orElseThrow());
    }

    /** @param pointer to the window in what was sent */
    List<Violation> violations(String pointer) {
        List<Violation> found = new ArrayList<>();
        List<String> words = words().toList();
        if (words.isEmpty()
                || words.stream().anyMatch(word -> day(word).isEmpty())
                || new HashSet<>(words).size() < words.size()) {
            found.add(new Violation(pointer + "/days", "must be one or more of monday to sunday, each once"));
        }
        if (time(from).isEmpty()) {
            found.add(new Violation(pointer + "/from", TIME));
        }
        if (time(until).isEmpty()) {
            found.add(new Violation(pointer + "/until", TIME));
        }
        return found;
    }

    private Stream<String> words() {
        return days == null ? Stream.empty() : days.stream().map(word -> word == null ? "" : word);
    }

    private static Optional<DayOfWeek> day(String word) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> day.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    private static Optional<LocalTime> time(@Nullable String text) {
        if (text == null || !text.matches("[0-2][0-9]:[0-5][0-9]")) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalTime.parse(text));
        } catch (DateTimeParseException noSuchHour) {
            return Optional.empty();
        }
    }
}
