package dev.berth.store;

import dev.berth.domain.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What members may do with single services beyond their role. For platform transactions: it shows people's names. */
public final class Grants {
    private final JdbcClient jdbc;

    public Grants(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Makes or changes it; service and member must be of the organisation. */
    public void put(UUID organizationId, UUID serviceId, UUID userId, Role role) {
        jdbc.sql("""
                insert into service_grants (organization_id, service_id, user_id, role) values (?, ?, ?, ?)
                on conflict (organization_id, service_id, user_id) do update set role = excluded.role
                """).params(organizationId, serviceId, userId, role.word()).update();
    }

    /** @return whether there was one */
    public boolean delete(UUID organizationId, UUID serviceId, UUID userId) {
        return jdbc.sql("delete from service_grants where organization_id = ? and service_id = ? and user_id = ?")
                        .params(organizationId, serviceId, userId)
                        .update()
                == 1;
    }

    /** Newest first; index {@code service_grants_created_at}. */
    public List<Grant> page(UUID organizationId, UUID serviceId, Cursor after, int rows) {
        return jdbc.sql("""
                select g.*, u.email, u.display_name from service_grants g join users u on u.id = g.user_id
                where g.organization_id = :organization and g.service_id = :service
                  and (g.created_at, g.user_id) < (:createdAt, :id)
                order by g.created_at desc, g.user_id desc
                limit :rows
                """)
                .param("organization", organizationId)
                .param("service", serviceId)
                .param("createdAt", Column.of(after.createdAt()))
                .param("id", after.id())
                .param("rows", rows)
                .query(Grants::map)
                .list();
    }

    private static Grant map(ResultSet row, int number) throws SQLException {
        return new Grant(
                Column.id(row, "user_id"),
                row.getString("email"),
                row.getString("display_name"),
                Role.of(row.getString("role")).orElseThrow(),
                Column.instant(row, "created_at"));
    }

    /** @param role developer or admin */
    public record Grant(UUID userId, String email, String displayName, Role role, Instant createdAt) {}
}
