package dev.berth.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Codes of authenticator apps, sealed, and the codes for when the app is lost, hashed. For platform transactions. */
public final class SecondFactors {
    private final JdbcClient jdbc;

    public SecondFactors(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Keeps a secret that is not in force before it is confirmed. */
    public void propose(UUID userId, byte[] sealed) {
        jdbc.sql("""
                update users set totp_secret = ?, totp_last_step = null where id = ? and totp_confirmed_at is null
                """).params(sealed, userId).update();
    }

    /** Keeps the same secret under another seal; nothing where it was changed meanwhile. */
    public void reseal(UUID userId, byte[] former, byte[] sealed) {
        jdbc.sql("update users set totp_secret = ? where id = ? and totp_secret = ?")
                .params(sealed, userId, former)
                .update();
    }

    /** The sealed secret, in force or not yet. */
    public Optional<byte[]> secret(UUID userId) {
        return jdbc.sql("select totp_secret from users where id = ? and totp_secret is not null")
                .param(userId)
                .query((row, number) -> row.getBytes("totp_secret"))
                .optional();
    }

    /**
     * Takes the step of a right code.
     *
     * @return false where this step or a later one was taken before
     */
    public boolean take(UUID userId, long step) {
        return jdbc.sql("""
                update users set totp_last_step = :step
                where id = :user and totp_secret is not null and coalesce(totp_last_step, -1) < :step
                """).param("step", step).param("user", userId).update() == 1;
    }

    /** @return false where one was in force already */
    public boolean confirm(UUID userId, Instant when, List<byte[]> recoveryHashes) {
        boolean confirmed = jdbc.sql("""
                update users set totp_confirmed_at = ?
                where id = ? and totp_secret is not null and totp_confirmed_at is null
                """).params(Column.of(when), userId).update() == 1;
        if (confirmed) {
            jdbc.sql("delete from recovery_codes where user_id = ?")
                    .param(userId)
                    .update();
            recoveryHashes.forEach(hash -> jdbc.sql("insert into recovery_codes (user_id, code_hash) values (?, ?)")
                    .params(userId, hash)
                    .update());
        }
        return confirmed;
    }

    /** @return whether it was a code of the person that nobody had used */
    public boolean useRecovery(UUID userId, byte[] hash) {
        return jdbc.sql("""
                update recovery_codes set used_at = now() where user_id = ? and code_hash = ? and used_at is null
                """).params(userId, hash).update() == 1;
    }

    public void remove(UUID userId) {
        jdbc.sql("""
                update users set totp_secret = null, totp_confirmed_at = null, totp_last_step = null where id = ?
                """).param(userId).update();
        jdbc.sql("delete from recovery_codes where user_id = ?").param(userId).update();
    }
}
