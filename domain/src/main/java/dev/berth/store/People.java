package dev.berth.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Accounts; e-mail addresses are in lower case throughout. For platform transactions. */
public final class People {
    private static final String PERSON = """
            select id, email, display_name, platform_admin, password_hash is not null as has_password,
                totp_confirmed_at is not null as has_second_factor, email_verified_at, disabled_at, created_at
            from users
            """;

    private final JdbcClient jdbc;

    public People(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * @param passwordHash empty for a person who comes through an outside issuer
     * @param emailVerifiedAt when it was proven that mail to the address reaches the person
     * @throws org.springframework.dao.DuplicateKeyException where the address has an account already
     */
    public void insert(
            UUID id,
            String email,
            String displayName,
            boolean platformAdmin,
            Optional<String> passwordHash,
            Optional<Instant> emailVerifiedAt) {
        jdbc.sql("""
                insert into users (id, email, display_name, platform_admin, password_hash, email_verified_at)
                values (:id, :email, :name, :admin, :hash, :verified)
                """)
                .param("id", id)
                .param("email", email)
                .param("name", displayName)
                .param("admin", platformAdmin)
                .param("hash", passwordHash.orElse(null))
                .param("verified", emailVerifiedAt.map(Column::of).orElse(null))
                .update();
    }

    public Optional<Person> find(UUID id) {
        return jdbc.sql(PERSON + "where id = ?").param(id).query(People::map).optional();
    }

    /** Holds the person's row until the transaction ends, and lets others refer to it meanwhile. */
    public void lock(UUID id) {
        jdbc.sql("select id from users where id = ? for no key update")
                .param(id)
                .query(UUID.class)
                .optional();
    }

    public Optional<Person> findByEmail(String email) {
        return jdbc.sql(PERSON + "where email = ?")
                .param(email)
                .query(People::map)
                .optional();
    }

    /** Newest first; index {@code users_created_at}. */
    public List<Person> page(Cursor after, int rows) {
        return jdbc.sql(PERSON + """
                where (created_at, id) < (:createdAt, :id) order by created_at desc, id desc limit :rows
                """)
                .param("createdAt", Column.of(after.createdAt()))
                .param("id", after.id())
                .param("rows", rows)
                .query(People::map)
                .list();
    }

    public Optional<String> passwordHash(UUID id) {
        return jdbc.sql("select password_hash from users where id = ? and password_hash is not null")
                .param(id)
                .query(String.class)
                .optional();
    }

    public void setPasswordHash(UUID id, String hash) {
        jdbc.sql("update users set password_hash = ? where id = ?")
                .params(hash, id)
                .update();
    }

    public void rename(UUID id, String displayName) {
        jdbc.sql("update users set display_name = ? where id = ?")
                .params(displayName, id)
                .update();
    }

    /** Mail to the address reached the person. */
    public void verifyEmail(UUID id, Instant when) {
        jdbc.sql("update users set email_verified_at = coalesce(email_verified_at, ?) where id = ?")
                .params(Column.of(when), id)
                .update();
    }

    /** @param since empty for a person who may come in again */
    public void setDisabled(UUID id, Optional<Instant> since) {
        jdbc.sql("update users set disabled_at = ? where id = ?")
                .params(since.map(Column::of).orElse(null), id)
                .update();
    }

    /** Whether somebody can run the platform who signs in as a person, not only by the terminal's token. */
    public boolean hasAdminWithPassword() {
        return jdbc.sql("""
                select exists (select from users where platform_admin and password_hash is not null and disabled_at is null)
                """).query(Boolean.class).single();
    }

    private static Person map(ResultSet row, int number) throws SQLException {
        return new Person(
                Column.id(row, "id"),
                row.getString("email"),
                row.getString("display_name"),
                row.getBoolean("platform_admin"),
                row.getBoolean("has_password"),
                row.getBoolean("has_second_factor"),
                Column.optionalInstant(row, "email_verified_at"),
                Column.optionalInstant(row, "disabled_at"),
                Column.instant(row, "created_at"));
    }
}
