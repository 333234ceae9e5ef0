package dev.berth.store;

import dev.berth.domain.BuildRef;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log of each build, appended in chunks and read by line number. Appending announces itself on channel {@code build_log}. */
public final class BuildLogs {
    /** A build that says more is cut off: nobody reads further, and the table is everybody's. */
    public static final int LINE_LIMIT = 50_000;

    /** Lines in one call of {@link #append}. */
    public static final int CHUNK_LIMIT = LogChunks.LINES;

    private final JdbcClient jdbc;
    private final LogChunks chunks;

    public BuildLogs(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.chunks = chunks(jdbc);
    }

    static LogChunks chunks(JdbcClient jdbc) {
        return new LogChunks(jdbc, "build_log_chunks", "build_id");
    }

    /** Appends after what is there, whoever wrote it; the build's row is held meanwhile, so that numbers have no gaps. */
    public void append(BuildRef build, Instant at, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        LogChunks.refuseTooMany(lines);
        jdbc.sql("""
                select id from container_builds where organization_id = ? and service_id = ? and id = ? for update
                """)
                .params(build.organizationId(), build.serviceId(), build.buildId())
                .query(UUID.class)
                .single();
        int kept = chunks.lineCount(build.organizationId(), build.buildId());
        if (kept < LINE_LIMIT) {
            chunks.append(build.organizationId(), build.buildId(), kept, at, lines);
        }
    }

    /** The lines after line {@code after}, at most {@code limit}; fewer may come, and there are more until none come. */
    public List<LogLine> after(BuildRef build, int after, int limit) {
        return chunks.after(build.organizationId(), build.buildId(), after, limit);
    }
}
