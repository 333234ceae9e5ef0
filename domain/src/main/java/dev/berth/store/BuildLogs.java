package dev.berth.store;

import dev.berth.domain.BuildRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log of each build, appended in chunks and read by line number. Appending announces itself on channel {@code build_log}. */
public final class BuildLogs {
    /** A build that says more is cut off: nobody reads further, and the table is everybody's. */
    public static final int LINE_LIMIT = 50_000;

    /** Lines in one call of {@link #append}. */
    public static final int CHUNK_LIMIT = 1_000;

    private static final int CHUNKS_AT_ONCE = 100;

    private final JdbcClient jdbc;

    public BuildLogs(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Appends after what is there, whoever wrote it; the build's row is held meanwhile, so that numbers have no gaps. */
    public void append(BuildRef build, Instant at, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        if (lines.size() > CHUNK_LIMIT) {
            throw new IllegalArgumentException("More than " + CHUNK_LIMIT + " lines at once");
        }
        jdbc.sql("""
                select id from container_builds where organization_id = ? and service_id = ? and id = ? for update
                """)
                .params(build.organizationId(), build.serviceId(), build.buildId())
                .query(UUID.class)
                .single();
        int next = jdbc.sql("""
                select coalesce(max(first_line + line_count), 1) from build_log_chunks
                where organization_id = ? and build_id = ?
                """)
                .params(build.organizationId(), build.buildId())
                .query(Integer.class)
                .single();
        if (next > LINE_LIMIT) {
            return;
        }
        jdbc.sql("""
                insert into build_log_chunks (build_id, organization_id, first_line, line_count, text)
                values (?, ?, ?, ?, ?)
                """)
                .params(build.buildId(), build.organizationId(), next, lines.size(), LogText.of(at, lines))
                .update();
    }

    /** The lines after line {@code after}, at most {@code limit}; fewer may come, and there are more until none come. */
    public List<LogLine> after(BuildRef build, int after, int limit) {
        List<LogLine> lines = new ArrayList<>();
        jdbc.sql("""
                select first_line, text from build_log_chunks
                where organization_id = ? and build_id = ? and first_line + line_count > ?
                order by first_line
                limit ?
                """)
                .params(build.organizationId(), build.buildId(), after + 1, Math.min(limit, CHUNKS_AT_ONCE))
                .query((row, number) -> LogText.parse(row.getInt("first_line"), row.getString("text")))
                .list()
                .forEach(lines::addAll);
        return lines.stream().filter(line -> line.number() > after).limit(limit).toList();
    }
}
