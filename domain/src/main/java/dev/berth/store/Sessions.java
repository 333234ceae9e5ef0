package dev.berth.store;

import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sessions of people, looked up on every request, so that an ended one is none at once. For platform transactions. */
public final class Sessions {
    /** A session that nobody uses ends. OWASP ASVS 5.0, 7.3.1. */
    public static final Duration IDLE = Duration.ofHours(12);

    /** And so does one that is in use. ASVS 7.3.2. */
    public static final Duration LONGEST = Duration.ofDays(30);

    private final JdbcClient jdbc;

    public Sessions(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Also forgets those of the person that ended a while ago. */
    public void insert(Session session, RandomSecret secret) {
        jdbc.sql("""
                delete from sessions
                where user_id = :user and (expires_at < :old or last_used_at < :old or revoked_at < :old)
                """)
                .param("user", session.userId())
                .param("old", Column.of(session.createdAt().minus(LONGEST)))
                .update();
        jdbc.sql("""
                insert into sessions (id, user_id, token_id, token_hash, address, user_agent, last_used_at, expires_at, created_at)
                values (:id, :user, :token, :hash, cast(:address as inet), :agent, :used, :expires, :created)
                """)
                .param("id", session.id())
                .param("user", session.userId())
                .param("token", session.tokenId().orElse(null))
                .param("hash", secret.hash())
                .param("address", text(session.address()))
                .param("agent", session.userAgent())
                .param("used", Column.of(session.lastUsedAt()))
                .param("expires", Column.of(session.expiresAt()))
                .param("created", Column.of(session.createdAt()))
                .update();
    }

    /**
     * Empty for a session that is unknown or over, and where the person is disabled or the token behind it is worth nothing. One
     * round trip, and for outside of transactions too: {@code recognize_session} is what the login itself may call.
     */
    public Optional<Recognized> authenticate(RandomSecret secret, Instant now) {
        return jdbc.sql("select * from recognize_session(?, ?, ?)")
                .params(secret.hash(), Column.of(now), Column.of(now.minus(IDLE)))
                .query((row, number) -> new Recognized(caller(row), row.getBoolean("used_lately")))
                .optional();
    }

    /** Notes the use at most once a minute: a write for every request would cost more than the answer. */
    public void noteUse(UUID id, Instant now) {
        jdbc.sql("update sessions set last_used_at = :now where id = :id and last_used_at < :lately")
                .param("now", Column.of(now))
                .param("id", id)
                .param("lately", Column.of(now.minus(Duration.ofMinutes(1))))
                .update();
    }

    /** Whether the session was opened after {@code since}: how long ago its person proved who they are. */
    public boolean beganAfter(UUID id, Instant since) {
        return jdbc.sql("select exists (select 1 from sessions where id = ? and created_at > ?)")
                .params(id, Column.of(since))
                .query(Boolean.class)
                .single();
    }

    /** Whether it is a session of this person, and neither ended nor over. */
    public boolean lives(UUID userId, UUID id, Instant now) {
        return jdbc.sql("""
                select exists (select 1 from sessions
                where user_id = :user and id = :id and revoked_at is null and expires_at > :now and last_used_at > :idle)
                """)
                .param("user", userId)
                .param("id", id)
                .param("now", Column.of(now))
                .param("idle", Column.of(now.minus(IDLE)))
                .query(Boolean.class)
                .single();
    }

    /** Those that live, newest first; index {@code sessions_user}. */
    public List<Session> page(UUID userId, Instant now, Cursor after, int rows) {
        return jdbc.sql("""
                select * from sessions
                where user_id = :user and (created_at, id) < (:createdAt, :id)
                  and revoked_at is null and expires_at > :now and last_used_at > :idle
                order by created_at desc, id desc
                limit :rows
                """)
                .param("user", userId)
                .param("createdAt", Column.of(after.createdAt()))
                .param("id", after.id())
                .param("now", Column.of(now))
                .param("idle", Column.of(now.minus(IDLE)))
                .param("rows", rows)
                .query(Sessions::map)
                .list();
    }

    /** @return whether there was one of this person to end */
    public boolean revoke(UUID userId, UUID id) {
        return jdbc.sql("update sessions set revoked_at = now() where user_id = ? and id = ? and revoked_at is null")
                        .params(userId, id)
                        .update()
                == 1;
    }

    /** @param but the one that stays, if any */
    public void revokeAll(UUID userId, Optional<UUID> but) {
        jdbc.sql("""
                update sessions set revoked_at = now()
                where user_id = :user and revoked_at is null and (cast(:but as uuid) is null or id <> :but)
                """).param("user", userId).param("but", but.orElse(null)).update();
    }

    private static Caller caller(ResultSet row) throws SQLException {
        Optional<UUID> session = Optional.of(Column.id(row, "session_id"));
        return Column.optionalId(row, "token_id").isPresent()
                ? CallerRow.withToken(row, session)
                : new Caller(
                        Column.id(row, "user_id"),
                        row.getString("email"),
                        row.getBoolean("platform_admin"),
                        session,
                        Optional.empty(),
                        Optional.empty());
    }

    private static Session map(ResultSet row, int number) throws SQLException {
        return new Session(
                Column.id(row, "id"),
                Column.id(row, "user_id"),
                Column.optionalId(row, "token_id"),
                InetAddress.ofLiteral(row.getString("address")),
                row.getString("user_agent"),
                Column.instant(row, "last_used_at"),
                Column.instant(row, "expires_at"),
                Column.instant(row, "created_at"));
    }

    /** Without the zone of a link-local address, which means something on one host only. */
    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
