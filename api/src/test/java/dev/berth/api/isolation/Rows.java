package dev.berth.api.isolation;

import dev.berth.api.TestApi;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * All rows of an organisation, as the owner of the tables sees them, one digest a table. Which tables there are is asked of the
 * database, so a new one is looked at from its first day.
 */
final class Rows {
    /** That a token or a session was used is noted in its row, and that is all that may happen to it. */
    private static final String NOTED = "case when '%s' in ('api_tokens', 'sessions')"
            + " then to_jsonb(t) - 'last_used_at' - 'updated_at' else to_jsonb(t) end";

    private static final JdbcClient OWNER = JdbcClient.create(connection());
    private static final String ALL = query();

    private Rows() {}

    private static SingleConnectionDataSource connection() {
        try {
            return new SingleConnectionDataSource(
                    TestApi.DATABASE.ownerDataSource().getConnection(), true);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Digests by table; two of the same organisation differ only where a row does. */
    static Map<String, String> of(UUID organization) {
        Map<String, String> digests = new TreeMap<>();
        OWNER.sql(ALL).param("organization", organization).query(row -> {
            digests.put(row.getString(1), row.getString(2));
        });
        return digests;
    }

    static List<String> tables() {
        return List.copyOf(of(new UUID(0, 0)).keySet());
    }

    private static String query() {
        List<Map<String, Object>> guarded = OWNER.sql("""
                select c.table_name, c.column_name from information_schema.columns c
                join information_schema.tables t using (table_schema, table_name)
                where table_schema = 'public' and t.table_type = 'BASE TABLE'
                  and c.column_name in ('organization_id', 'chain_id')
                order by 1
                """).query().listOfRows();
        String members = "select user_id from memberships where organization_id = :organization";
        return guarded.stream()
                        .map(column -> digest(
                                column.get("table_name").toString(), column.get("column_name") + " = :organization"))
                        .collect(Collectors.joining(" union all "))
                + " union all " + digest("organizations", "id = :organization")
                + " union all " + digest("users", "id in (" + members + ")")
                + " union all " + digest("sessions", "user_id in (" + members + ")");
    }

    private static String digest(String table, String condition) {
        return "select '%s', coalesce(md5(string_agg(row, '|' order by row)), '') from (select (%s)::text as row from %s t where %s)"
                .formatted(table, NOTED.formatted(table), table, condition);
    }
}
