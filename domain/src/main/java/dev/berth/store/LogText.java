package dev.berth.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lines of a log as a chunk's text holds them: "milliseconds since 1970, tab, line", parted by line feeds. */
final class LogText {
    private static final int WIDTH_LIMIT = 4_000;

    /** Characters. Reading one line of a chunk makes the database unpack all of it; a thousand usual lines are fewer. */
    private static final int CHUNK_LIMIT = 128 << 10;

    private LogText() {}

    /** The rows of each chunk that the lines are kept in. */
    static List<List<String>> chunks(Instant at, List<String> lines) {
        List<List<String>> chunks = new ArrayList<>();
        List<String> chunk = new ArrayList<>();
        int length = 0;
        for (String line : lines) {
            String row = at.toEpochMilli() + "\t" + oneLine(line);
            if (!chunk.isEmpty() && length + row.length() > CHUNK_LIMIT) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                length = 0;
            }
            chunk.add(row);
            length += row.length() + 1;
        }
        if (!chunk.isEmpty()) {
            chunks.add(chunk);
        }
        return chunks;
    }

    static String of(List<String> rows) {
        return String.join("\n", rows);
    }

    static LogLine parse(int number, String row) {
        int tab = row.indexOf('\t');
        return new LogLine(number, Instant.ofEpochMilli(Long.parseLong(row.substring(0, tab))), row.substring(tab + 1));
    }

    /** PostgreSQL text holds no NUL, and a chunk's lines end at line feeds. */
    private static String oneLine(String line) {
        String clean = line.replace('\n', ' ').replace('\r', ' ').replace("\0", "");
        return clean.length() <= WIDTH_LIMIT ? clean : clean.substring(0, WIDTH_LIMIT) + "…";
    }
}
