package dev.berth.store;

import dev.berth.domain.TokenScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** API tokens; for platform transactions, since their lists show whose they are. */
public final class Tokens {
    private final JdbcClient jdbc;

    public Tokens(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** A token of the widest scope that never expires. */
    public void insert(UUID id, UUID organizationId, UUID userId, String name, ApiToken token) {
        insert(id, organizationId, userId, name, TokenScope.ADMIN, Optional.empty(), Optional.empty(), token);
    }

    /** @param serviceId the only service that it is for */
    public void insert(
            UUID id,
            UUID organizationId,
            UUID userId,
            String name,
            TokenScope scope,
            Optional<UUID> serviceId,
            Optional<Instant> expiresAt,
            ApiToken token) {
        jdbc.sql("""
                insert into api_tokens (id, organization_id, user_id, name, token_hash, prefix, scope, service_id, expires_at)
                values (:id, :organization, :user, :name, :hash, :prefix, :scope, :service, :expires)
                """)
                .param("id", id)
                .param("organization", organizationId)
                .param("user", userId)
                .param("name", name)
                .param("hash", token.hash())
                .param("prefix", token.prefix())
                .param("scope", scope.word())
                .param("service", serviceId.orElse(null))
                .param("expires", expiresAt.map(Column::of).orElse(null))
                .update();
    }

    /**
     * Empty for a token that is unknown, expired or revoked, and for one whose holder left the organisation or is disabled. One
     * round trip, and for outside of transactions too: {@code recognize_token} is what the login itself may call.
     */
    public Optional<Recognized> authenticate(ApiToken token) {
        return recognize("select * from recognize_token(?)", token);
    }

    /**
     * As {@link #authenticate}, for {@link Tenancy#entering}: the transaction is the organisation's from then on. The settings
     * come after the question, which the tenant's role may not ask.
     */
    public Optional<Recognized> enter(ApiToken token) {
        return recognize("""
                select r.*, set_config('role', 'berth_tenant', true),
                    set_config('berth.organization_id', r.organization_id::text, true)
                from recognize_token(?) r
                """, token);
    }

    private Optional<Recognized> recognize(String question, ApiToken token) {
        return jdbc.sql(question)
                .param(token.hash())
                .query((row, number) -> Recognized.byToken(row))
                .optional();
    }

    /** Notes the use at most once a minute: a write for every request would cost more than the answer. */
    public void noteUse(UUID organizationId, UUID id) {
        jdbc.sql("""
                update api_tokens set last_used_at = now()
                where organization_id = ? and id = ? and (last_used_at is null or last_used_at < now() - interval '1 minute')
                """).params(organizationId, id).update();
    }

    public void revoke(UUID organizationId, UUID id) {
        jdbc.sql("""
                update api_tokens set revoked_at = now()
                where organization_id = ? and id = ? and revoked_at is null
                """).params(organizationId, id).update();
    }

    /** All of a person, in every organisation. */
    public void revokeAll(UUID userId) {
        jdbc.sql("update api_tokens set revoked_at = now() where user_id = ? and revoked_at is null")
                .param(userId)
                .update();
    }

    public Optional<Token> find(UUID organizationId, UUID id) {
        return jdbc.sql("""
                select t.*, u.email from api_tokens t join users u on u.id = t.user_id
                where t.organization_id = ? and t.id = ? and t.revoked_at is null
                """).params(organizationId, id).query(Tokens::map).optional();
    }

    /** Those that are not revoked, newest first; index {@code api_tokens_list}. */
    public List<Token> page(UUID organizationId, Optional<UUID> userId, Cursor after, int rows) {
        return jdbc.sql("""
                select t.*, u.email from api_tokens t join users u on u.id = t.user_id
                where t.organization_id = :organization and (t.created_at, t.id) < (:createdAt, :id)
                  and t.revoked_at is null and (cast(:user as uuid) is null or t.user_id = :user)
                order by t.created_at desc, t.id desc
                limit :rows
                """)
                .param("organization", organizationId)
                .param("createdAt", Column.of(after.createdAt()))
                .param("id", after.id())
                .param("user", userId.orElse(null))
                .param("rows", rows)
                .query(Tokens::map)
                .list();
    }

    private static Token map(ResultSet row, int number) throws SQLException {
        return new Token(
                Column.id(row, "id"),
                Column.id(row, "organization_id"),
                Column.id(row, "user_id"),
                row.getString("email"),
                row.getString("name"),
                TokenScope.of(row.getString("scope")).orElseThrow(),
                Column.optionalId(row, "service_id"),
                row.getString("prefix"),
                Column.optionalInstant(row, "expires_at"),
                Column.optionalInstant(row, "last_used_at"),
                Column.instant(row, "created_at"));
    }
}
