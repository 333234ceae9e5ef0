package dev.berth.store;

import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** API tokens. Sign-in looks through all organisations, so its methods are for platform transactions. */
public final class Tokens {
    private final JdbcClient jdbc;

    public Tokens(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    public void insert(UUID id, UUID organizationId, UUID userId, String name, ApiToken token) {
        jdbc.sql("""
                insert into api_tokens (id, organization_id, user_id, name, token_hash, prefix, scope)
                values (?, ?, ?, ?, ?, ?, 'admin')
                """)
                .params(id, organizationId, userId, name, token.hash(), token.prefix())
                .update();
    }

    /** Empty for a token that is unknown, expired or revoked, and for one whose holder left the organisation. */
    public Optional<Caller> authenticate(ApiToken token) {
        return jdbc.sql("""
                select t.id, t.user_id, u.email, u.platform_admin, t.organization_id, o.name, o.slug, m.role
                from api_tokens t
                join users u on u.id = t.user_id
                join organizations o on o.id = t.organization_id
                join memberships m on m.organization_id = t.organization_id and m.user_id = t.user_id
                where t.token_hash = ? and t.revoked_at is null and (t.expires_at is null or t.expires_at > now())
                """)
                .param(token.hash())
                .query((row, number) -> new Caller(
                        Column.id(row, "id"),
                        Column.id(row, "user_id"),
                        row.getString("email"),
                        row.getBoolean("platform_admin"),
                        Column.id(row, "organization_id"),
                        row.getString("name"),
                        row.getString("slug"),
                        row.getString("role")))
                .optional();
    }

    /** Notes the use at most once a minute: a write for every request would cost more than the answer. */
    public void noteUse(UUID id) {
        jdbc.sql("""
                update api_tokens set last_used_at = now()
                where id = ? and (last_used_at is null or last_used_at < now() - interval '1 minute')
                """).param(id).update();
    }

    public void revoke(UUID id) {
        jdbc.sql("update api_tokens set revoked_at = now() where id = ? and revoked_at is null")
                .param(id)
                .update();
    }
}
