package dev.berth.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Organisations and the people in them. For platform transactions. */
public final class Organizations {
    private final JdbcClient jdbc;

    public Organizations(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    public void insert(UUID id, String name, String slug) {
        jdbc.sql("insert into organizations (id, name, slug) values (?, ?, ?)")
                .params(id, name, slug)
                .update();
    }

    /** @return whether it was made; not where the slug is taken, be it by one that is made at this moment */
    public boolean insertIfFree(UUID id, String name, String slug) {
        return jdbc.sql("insert into organizations (id, name, slug) values (?, ?, ?) on conflict (slug) do nothing")
                        .params(id, name, slug)
                        .update()
                == 1;
    }

    public Optional<UUID> findBySlug(String slug) {
        return jdbc.sql("select id from organizations where slug = ?")
                .param(slug)
                .query(UUID.class)
                .optional();
    }

    public void insertUser(UUID id, String email, String displayName, boolean platformAdmin) {
        jdbc.sql("insert into users (id, email, display_name, platform_admin) values (?, ?, ?, ?)")
                .params(id, email, displayName, platformAdmin)
                .update();
    }

    public void insertMembership(UUID organizationId, UUID userId, String role) {
        jdbc.sql("insert into memberships (organization_id, user_id, role) values (?, ?, ?)")
                .params(organizationId, userId, role)
                .update();
    }

    public Optional<Organization> find(UUID id) {
        return jdbc.sql("select id, name, slug, created_at from organizations where id = ?")
                .param(id)
                .query(Organizations::map)
                .optional();
    }

    public void rename(UUID id, String name) {
        jdbc.sql("update organizations set name = ? where id = ?")
                .params(name, id)
                .update();
    }

    /** Ask it with the organisation locked, as {@link Memberships#lock} does it. */
    public boolean hasServices(UUID id) {
        return jdbc.sql("select exists (select from container_services where organization_id = ?)")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    /** Removes it with everything that it has; its audit trail stays. */
    public void delete(UUID id) {
        jdbc.sql("delete from organizations where id = ?").param(id).update();
    }

    /** Newest first; index {@code organizations_created_at}. */
    public List<Organization> page(Cursor after, int rows) {
        return jdbc.sql("""
                select id, name, slug, created_at from organizations where (created_at, id) < (:createdAt, :id)
                order by created_at desc, id desc limit :rows
                """)
                .param("createdAt", Column.of(after.createdAt()))
                .param("id", after.id())
                .param("rows", rows)
                .query(Organizations::map)
                .list();
    }

    private static Organization map(ResultSet row, int number) throws SQLException {
        return new Organization(
                Column.id(row, "id"), row.getString("name"), row.getString("slug"), Column.instant(row, "created_at"));
    }
}
