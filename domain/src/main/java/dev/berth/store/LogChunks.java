package dev.berth.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The chunks of one kind of log, with which {@link BuildLogs} and {@link Releases} keep theirs. What one reading costs is bounded
 * in lines and in bytes, and by the database, so that no more than that is ever sent: a chunk can hold 1,000 lines of 4,000
 * characters.
 */
final class LogChunks {
    /** Lines in one call of {@link #append}. */
    static final int LINES = 1_000;

    /** Of the lines of one reading, as UTF-8; the one that passes it comes whole, so that there is always one. */
    static final int PAGE_BYTES = 256 << 10;

    private static final int CHUNKS_AT_ONCE = 100;

    private final JdbcClient jdbc;
    private final String table;
    private final String of;

    /**
     * @param table a table of chunks
     * @param of its column that names whose log a chunk is of
     */
    LogChunks(JdbcClient jdbc, String table, String of) {
        this.jdbc = jdbc;
        this.table = table;
        this.of = of;
    }

    static void refuseTooMany(List<String> lines) {
        if (lines.size() > LINES) {
            throw new IllegalArgumentException("More than " + LINES + " lines at once");
        }
    }

    /** How many lines are kept. */
    int lineCount(UUID organizationId, UUID id) {
        return jdbc.sql("""
                select coalesce(max(first_line + line_count), 1) - 1 from %s where organization_id = ? and %s = ?
                """.formatted(table, of))
                .params(organizationId, id)
                .query(Integer.class)
                .single();
    }

    /**
     * Appends, in chunks that are read one by one later; the caller holds the row that the log is of.
     *
     * @param kept how many lines are kept
     */
    void append(UUID organizationId, UUID id, int kept, Instant at, List<String> lines) {
        int next = kept + 1;
        for (List<String> chunk : LogText.chunks(at, lines)) {
            jdbc.sql("""
                    insert into %s (%s, organization_id, first_line, line_count, text) values (?, ?, ?, ?, ?)
                    """.formatted(table, of))
                    .params(id, organizationId, next, chunk.size(), LogText.of(chunk))
                    .update();
            next += chunk.size();
        }
    }

    /** Deletes the log, and leaves a line in its place. */
    void replace(UUID organizationId, UUID id, Instant at, String line) {
        jdbc.sql("delete from %s where organization_id = ? and %s = ?".formatted(table, of))
                .params(organizationId, id)
                .update();
        append(organizationId, id, 0, at, List.of(line));
    }

    /** The lines after line {@code after}, as many as one reading may hold: one at least, if there is one. */
    List<LogLine> after(UUID organizationId, UUID id, int after, int limit) {
        // The chunk that holds the next line is looked up, or each page would pass over all the chunks before it.
        return jdbc.sql("""
                with chunks as (
                    select first_line, text,
                           sum(octet_length(text)) over (order by first_line) - octet_length(text) as bytes_before
                    from (select first_line, text from %1$s
                          where organization_id = :organization and %2$s = :id and first_line + line_count - 1 > :after
                            and first_line >= (select coalesce(max(first_line), 1) from %1$s
                                               where organization_id = :organization and %2$s = :id
                                                 and first_line - 1 <= :after)
                          order by first_line
                          limit :chunks) few),
                lines as (
                    select first_line + place - 1 as number, line
                    from chunks, string_to_table(text, chr(10)) with ordinality as t (line, place)
                    where bytes_before < :bytes)
                select number, line from (
                    select number, line,
                           sum(octet_length(line)) over (order by number) - octet_length(line) as bytes_before
                    from lines
                    where number > :after) rest
                where bytes_before < :bytes
                order by number
                limit :lines
                """.formatted(table, of))
                .param("organization", organizationId)
                .param("id", id)
                .param("after", after)
                .param("chunks", Math.min(limit, CHUNKS_AT_ONCE))
                .param("bytes", PAGE_BYTES)
                .param("lines", limit)
                .query((row, number) -> LogText.parse(row.getInt("number"), row.getString("line")))
                .list();
    }
}
