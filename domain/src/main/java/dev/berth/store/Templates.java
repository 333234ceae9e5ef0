package dev.berth.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The templates, the same for every organisation. */
public final class Templates {
    private final JdbcClient jdbc;

    public Templates(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    public Optional<Template> find(UUID id) {
        return jdbc.sql("select * from application_templates where id = ?")
                .param(id)
                .query(Templates::map)
                .optional();
    }

    /** Newest first; index {@code application_templates_created_at} or {@code application_templates_category}. */
    public List<Template> page(Optional<String> category, Cursor after, int limit) {
        return jdbc.sql("""
                select * from application_templates
                where (created_at, id) < (:createdAt, :id) and (cast(:category as text) is null or category = :category)
                order by created_at desc, id desc
                limit :limit
                """)
                .param("createdAt", Column.of(after.createdAt()))
                .param("id", after.id())
                .param("category", category.orElse(null))
                .param("limit", limit)
                .query(Templates::map)
                .list();
    }

    private static Template map(ResultSet row, int number) throws SQLException {
        return new Template(
                Column.id(row, "id"),
                row.getString("slug"),
                row.getString("name"),
                row.getString("description"),
                row.getString("category"),
                row.getString("nix_expression"),
                row.getInt("default_cpu_millis"),
                row.getInt("default_memory_mb"),
                row.getInt("default_port"),
                Column.environment(row, "default_env"),
                Column.instant(row, "created_at"),
                Column.instant(row, "updated_at"));
    }
}
