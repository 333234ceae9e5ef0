package dev.berth.store;

import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which account belongs to whom an outside issuer names. For platform transactions. */
public final class Identities {
    private final JdbcClient jdbc;

    public Identities(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    public Optional<UUID> find(String issuer, String subject) {
        return jdbc.sql("select user_id from user_identities where issuer = ? and subject = ?")
                .params(issuer, subject)
                .query(UUID.class)
                .optional();
    }

    /** @throws org.springframework.dao.DuplicateKeyException where it belongs to somebody already */
    public void insert(String issuer, String subject, UUID userId) {
        jdbc.sql("insert into user_identities (issuer, subject, user_id) values (?, ?, ?)")
                .params(issuer, subject, userId)
                .update();
    }
}
