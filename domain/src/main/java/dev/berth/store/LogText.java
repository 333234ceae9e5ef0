package dev.berth.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lines of a log as a chunk's text holds them: "milliseconds since 1970, tab, line", parted by line feeds. */
final class LogText {
    private static final int WIDTH_LIMIT = 4_000;

    private LogText() {}

    static String of(Instant at, List<String> lines) {
        return lines.stream()
                .map(line -> at.toEpochMilli() + "\t" + oneLine(line))
                .collect(Collectors.joining("\n"));
    }

    /** @param first number of the chunk's first line */
    static List<LogLine> parse(int first, String text) {
        String[] rows = text.split("\n", -1);
        List<LogLine> lines = new ArrayList<>(rows.length);
        for (int i = 0; i < rows.length; i++) {
            int tab = rows[i].indexOf('\t');
            lines.add(new LogLine(
                    first + i,
                    Instant.ofEpochMilli(Long.parseLong(rows[i].substring(0, tab))),
                    rows[i].substring(tab + 1)));
        }
        return lines;
    }

    /** PostgreSQL text holds no NUL, and a chunk's lines end at line feeds. */
    private static String oneLine(String line) {
        String clean = line.replace('\n', ' ').replace('\r', ' ').replace("\0", "");
        return clean.length() <= WIDTH_LIMIT ? clean : clean.substring(0, WIDTH_LIMIT) + "…";
    }
}
