package dev.berth.store;

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
}
