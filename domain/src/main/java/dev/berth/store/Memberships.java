package dev.berth.store;

import dev.berth.domain.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who belongs to which organisation, as what. For platform transactions. */
public final class Memberships {
    private final JdbcClient jdbc;

    public Memberships(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** The person's memberships, oldest first, at most {@code most}. */
    public List<Caller.Membership> of(UUID userId, int most) {
        return jdbc.sql("select " + CallerRow.MEMBERSHIP + """
                from memberships m join organizations o on o.id = m.organization_id
                where m.user_id = ? order by m.created_at, o.id limit ?
                """)
                .params(userId, most)
                .query((row, number) -> CallerRow.membership(row))
                .list();
    }

    /** The person's organisations, newest membership first; index {@code memberships_user}. */
    public List<Joined> joined(UUID userId, Cursor after, int rows) {
        return jdbc.sql("""
                select o.id, o.name, o.slug, m.role, m.created_at
                from memberships m join organizations o on o.id = m.organization_id
                where m.user_id = :user and (m.created_at, o.id) < (:createdAt, :id)
                order by m.created_at desc, o.id desc
                limit :rows
                """)
                .param("user", userId)
                .param("createdAt", Column.of(after.createdAt()))
                .param("id", after.id())
                .param("rows", rows)
                .query((row, number) -> new Joined(
                        Column.id(row, "id"),
                        row.getString("name"),
                        row.getString("slug"),
                        Role.of(row.getString("role")).orElseThrow(),
                        Column.instant(row, "created_at")))
                .list();
    }

    public Optional<Caller.Membership> find(UUID organizationId, UUID userId) {
        return jdbc.sql("select " + CallerRow.MEMBERSHIP + """
                from memberships m join organizations o on o.id = m.organization_id
                where m.organization_id = ? and m.user_id = ?
                """)
                .params(organizationId, userId)
                .query((row, number) -> CallerRow.membership(row))
                .optional();
    }

    public Optional<Caller.Membership> findBySlug(String slug, UUID userId) {
        return jdbc.sql("select " + CallerRow.MEMBERSHIP + """
                from memberships m join organizations o on o.id = m.organization_id
                where o.slug = ? and m.user_id = ?
                """)
                .params(slug, userId)
                .query((row, number) -> CallerRow.membership(row))
                .optional();
    }

    /** Holds the organisation's row until the transaction ends: one change of its people at a time. */
    public void lock(UUID organizationId) {
        jdbc.sql("select id from organizations where id = ? for update")
                .param(organizationId)
                .query(UUID.class)
                .optional();
    }

    public void insert(UUID organizationId, UUID userId, Role role) {
        jdbc.sql("insert into memberships (organization_id, user_id, role) values (?, ?, ?)")
                .params(organizationId, userId, role.word())
                .update();
    }

    /** Ask it with the organisation locked. */
    public int owners(UUID organizationId) {
        return jdbc.sql("select count(*) from memberships where organization_id = ? and role = 'owner'")
                .param(organizationId)
                .query(Integer.class)
                .single();
    }

    /** How many organisations the person owns; index {@code memberships_user}. Ask it with the person locked. */
    public int owned(UUID userId) {
        return jdbc.sql("select count(*) from memberships where user_id = ? and role = 'owner'")
                .param(userId)
                .query(Integer.class)
                .single();
    }

    public void setRole(UUID organizationId, UUID userId, Role role) {
        jdbc.sql("update memberships set role = ? where organization_id = ? and user_id = ?")
                .params(role.word(), organizationId, userId)
                .update();
    }

    /** Grants go with the membership, and so do the tokens: who comes back makes new ones. */
    public void delete(UUID organizationId, UUID userId) {
        jdbc.sql("""
                update api_tokens set revoked_at = now()
                where organization_id = ? and user_id = ? and revoked_at is null
                """).params(organizationId, userId).update();
        jdbc.sql("delete from memberships where organization_id = ? and user_id = ?")
                .params(organizationId, userId)
                .update();
    }

    public Optional<Member> member(UUID organizationId, UUID userId) {
        return jdbc.sql("""
                select m.*, u.email, u.display_name from memberships m join users u on u.id = m.user_id
                where m.organization_id = ? and m.user_id = ?
                """)
                .params(organizationId, userId)
                .query(Memberships::map)
                .optional();
    }

    /** Newest first; index {@code memberships_created_at}. */
    public List<Member> page(UUID organizationId, Cursor after, int rows) {
        return jdbc.sql("""
                select m.*, u.email, u.display_name from memberships m join users u on u.id = m.user_id
                where m.organization_id = :organization and (m.created_at, m.user_id) < (:createdAt, :id)
                order by m.created_at desc, m.user_id desc
                limit :rows
                """)
                .param("organization", organizationId)
                .param("createdAt", Column.of(after.createdAt()))
                .param("id", after.id())
                .param("rows", rows)
                .query(Memberships::map)
                .list();
    }

    private static Member map(ResultSet row, int number) throws SQLException {
        return new Member(
                Column.id(row, "user_id"),
                row.getString("email"),
                row.getString("display_name"),
                Role.of(row.getString("role")).orElseThrow(),
                Column.instant(row, "created_at"));
    }

    /** A person in an organisation. */
    public record Member(UUID userId, String email, String displayName, Role role, Instant createdAt) {}

    /** An organisation of a person, who came in at {@code since}. */
    public record Joined(UUID organizationId, String name, String slug, Role role, Instant since) {}
}
