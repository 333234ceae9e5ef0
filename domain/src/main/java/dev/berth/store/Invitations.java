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

/** Invitations that are open: neither accepted nor revoked. For platform transactions. */
public final class Invitations {
    private static final String OPEN = "accepted_at is null and revoked_at is null";

    private final JdbcClient jdbc;

    public Invitations(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** A new one takes the place of an earlier one to the same address, whose link is worth nothing then. */
    public void insert(Invitation invitation, RandomSecret secret) {
        jdbc.sql("update invitations set revoked_at = now() where organization_id = ? and email = ? and " + OPEN)
                .params(invitation.organizationId(), invitation.email())
                .update();
        jdbc.sql("""
                insert into invitations (id, organization_id, email, role, token_hash, invited_by, expires_at, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(
                        invitation.id(),
                        invitation.organizationId(),
                        invitation.email(),
                        invitation.role().word(),
                        secret.hash(),
                        invitation.invitedBy().orElse(null),
                        Column.of(invitation.expiresAt()),
                        Column.of(invitation.createdAt()))
                .update();
    }

    /** The one that the link opens, held until the transaction ends; empty where it is over or accepted. */
    public Optional<Invitation> lock(RandomSecret secret, Instant now) {
        return jdbc.sql("select * from invitations where token_hash = ? and expires_at > ? and " + OPEN + " for update")
                .params(secret.hash(), Column.of(now))
                .query(Invitations::map)
                .optional();
    }

    /** Those that wait for the holder of an address; at most {@code most}. */
    public List<Invitation> waitingFor(String email, Instant now, int most) {
        return jdbc.sql("select * from invitations where email = ? and expires_at > ? and " + OPEN + " limit ?")
                .params(email, Column.of(now), most)
                .query(Invitations::map)
                .list();
    }

    public void accept(UUID id, Instant when) {
        jdbc.sql("update invitations set accepted_at = ? where id = ?")
                .params(Column.of(when), id)
                .update();
    }

    public Optional<Invitation> find(UUID organizationId, UUID id) {
        return jdbc.sql("select * from invitations where organization_id = ? and id = ? and " + OPEN)
                .params(organizationId, id)
                .query(Invitations::map)
                .optional();
    }

    public void revoke(UUID organizationId, UUID id) {
        jdbc.sql("update invitations set revoked_at = now() where organization_id = ? and id = ? and " + OPEN)
                .params(organizationId, id)
                .update();
    }

    /** Newest first, those that expired too; index {@code invitations_list}. */
    public List<Invitation> page(UUID organizationId, Cursor after, int rows) {
        return jdbc.sql("select * from invitations where organization_id = :organization and " + OPEN + """
                 and (created_at, id) < (:createdAt, :id)
                order by created_at desc, id desc
                limit :rows
                """)
                .param("organization", organizationId)
                .param("createdAt", Column.of(after.createdAt()))
                .param("id", after.id())
                .param("rows", rows)
                .query(Invitations::map)
                .list();
    }

    private static Invitation map(ResultSet row, int number) throws SQLException {
        return new Invitation(
                Column.id(row, "id"),
                Column.id(row, "organization_id"),
                row.getString("email"),
                Role.of(row.getString("role")).orElseThrow(),
                Column.optionalId(row, "invited_by"),
                Column.instant(row, "expires_at"),
                Column.instant(row, "created_at"));
    }
}
