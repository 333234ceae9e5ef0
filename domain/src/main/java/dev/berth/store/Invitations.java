package dev.berth.store;

import dev.berth.domain.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
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

    /** Whose organisation the link leads into; to be held before {@link #lock}, as whoever changes its people holds it first. */
    public Optional<UUID> organizationOf(RandomSecret secret) {
        return jdbc.sql("select organization_id from invitations where token_hash = ? and " + OPEN)
                .param(secret.hash())
                .query(UUID.class)
                .optional();
    }

    /** The one that the link opens, held until the transaction ends; empty where it is over or accepted. */
    public Optional<Invitation> lock(RandomSecret secret, Instant now) {
        return jdbc.sql("select * from invitations where token_hash = ? and expires_at > ? and " + OPEN + " for update")
                .params(secret.hash(), Column.of(now))
                .query(Invitations::map)
                .optional();
    }

    /** One that is open, held until the transaction ends; empty where it is over, accepted or taken back. */
    public Optional<Invitation> lock(UUID id, Instant now) {
        return jdbc.sql("select * from invitations where id = ? and expires_at > ? and " + OPEN + " for update")
                .params(id, Column.of(now))
                .query(Invitations::map)
                .optional();
    }

    /** Those that wait for the holder of an address, at most {@code most}; by organisation, in which order they may be held. */
    public List<Invitation> waitingFor(String email, Instant now, int most) {
        return jdbc.sql("select * from invitations where email = ? and expires_at > ? and " + OPEN
                        + " order by organization_id limit ?")
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

    /**
     * Takes back those that somebody made and could not make any more. Ask it with the organisation locked.
     *
     * @param allowed what they may still invite others to be
     * @return what was taken back
     */
    public List<Invitation> revokeBeyond(UUID organizationId, UUID invitedBy, List<Role> allowed) {
        return jdbc.sql("update invitations set revoked_at = now() where organization_id = :organization and " + OPEN
                        + """
                 and invited_by = :by and not role = any(cast(:allowed as text[]))
                returning *
                """)
                .param("organization", organizationId)
                .param("by", invitedBy)
                .param("allowed", allowed.stream().map(Role::word).collect(Collectors.joining(",", "{", "}")))
                .query(Invitations::map)
                .list();
    }

    /**
     * Takes back all that somebody made, in every organisation; index {@code invitations_invited_by}.
     *
     * @return what was taken back, by organisation
     */
    public List<Invitation> revokeAll(UUID invitedBy) {
        return jdbc.sql("with gone as (update invitations set revoked_at = now() where invited_by = ? and " + OPEN
                        + " returning *) select * from gone order by organization_id")
                .param(invitedBy)
                .query(Invitations::map)
                .list();
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
