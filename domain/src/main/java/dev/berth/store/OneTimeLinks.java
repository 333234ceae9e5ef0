package dev.berth.store;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Links that work once. Only the hash of what they carry is kept. For platform transactions. */
public final class OneTimeLinks {
    private final JdbcClient jdbc;

    public OneTimeLinks(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Also forgets those that are over. An earlier one of the same purpose for the same holder works no more. */
    public void insert(
            Purpose purpose, Optional<UUID> userId, Optional<String> email, RandomSecret secret, Instant expiresAt) {
        jdbc.sql("delete from one_time_links where expires_at < now()").update();
        jdbc.sql("""
                delete from one_time_links
                where purpose = :purpose and user_id is not distinct from cast(:user as uuid)
                  and email is not distinct from cast(:email as text)
                """)
                .param("purpose", Column.of(purpose))
                .param("user", userId.orElse(null))
                .param("email", email.orElse(null))
                .update();
        jdbc.sql("""
                insert into one_time_links (id, purpose, user_id, email, token_hash, expires_at) values (?, ?, ?, ?, ?, ?)
                """)
                .params(
                        Ids.next(),
                        Column.of(purpose),
                        userId.orElse(null),
                        email.orElse(null),
                        secret.hash(),
                        Column.of(expiresAt))
                .update();
    }

    /** Uses it up; empty for one that is unknown, over or used. */
    public Optional<Holder> use(Purpose purpose, RandomSecret secret, Instant now) {
        return jdbc.sql("""
                update one_time_links set used_at = :now
                where purpose = :purpose and token_hash = :hash and used_at is null and expires_at > :now
                returning user_id, email
                """)
                .param("purpose", Column.of(purpose))
                .param("hash", secret.hash())
                .param("now", Column.of(now))
                .query((row, number) ->
                        new Holder(Column.optionalId(row, "user_id"), Optional.ofNullable(row.getString("email"))))
                .optional();
    }

    /** For whom a link was made. */
    public record Holder(Optional<UUID> userId, Optional<String> email) {}

    /** What a link is good for. */
    public enum Purpose {
        FIRST_ADMIN,
        PASSWORD_RESET,
        EMAIL_VERIFICATION,
        SIGN_UP
    }
}
