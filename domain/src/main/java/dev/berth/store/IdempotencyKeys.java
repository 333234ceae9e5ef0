package dev.berth.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Answers that were given, by the key that the caller gave its request. For the transaction that is open: the organisation's
 * own, or the platform's for a key without one.
 */
public final class IdempotencyKeys {
    private final JdbcClient jdbc;

    public IdempotencyKeys(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** What the key stands for; an expired one stands for nothing. */
    public Optional<Kept> find(Key key, Instant now) {
        return jdbc.sql("""
                select * from idempotency_keys
                where organization_id is not distinct from :organization and principal_id = :principal
                  and route = :route and key = :key and expires_at > :now
                """)
                .param("organization", key.organizationId().orElse(null), java.sql.Types.OTHER)
                .param("principal", key.principalId())
                .param("route", key.route())
                .param("key", key.text())
                .param("now", Column.of(now))
                .query(IdempotencyKeys::map)
                .optional();
    }

    /**
     * Takes the key for a request whose answer comes later; waits for whoever is taking it in an open transaction.
     *
     * @return whether nobody has it
     */
    public boolean reserve(Key key, String fingerprint, Instant now, Instant expiresAt) {
        jdbc.sql("""
                delete from idempotency_keys
                where organization_id is not distinct from :organization and principal_id = :principal
                  and route = :route and key = :key and expires_at <= :now
                """)
                .param("organization", key.organizationId().orElse(null), java.sql.Types.OTHER)
                .param("principal", key.principalId())
                .param("route", key.route())
                .param("key", key.text())
                .param("now", Column.of(now))
                .update();
        return jdbc.sql("""
                insert into idempotency_keys
                    (organization_id, principal_id, route, key, fingerprint, expires_at, created_at)
                values (:organization, :principal, :route, :key, :fingerprint, :expiresAt, :now)
                on conflict do nothing
                """)
                        .param("organization", key.organizationId().orElse(null))
                        .param("principal", key.principalId())
                        .param("route", key.route())
                        .param("key", key.text())
                        .param("fingerprint", HexFormat.of().parseHex(fingerprint))
                        .param("expiresAt", Column.of(expiresAt))
                        .param("now", Column.of(now))
                        .update()
                == 1;
    }

    /** Gives a reserved key its answer. */
    public void complete(Key key, Answer answer) {
        jdbc.sql("""
                update idempotency_keys set status = :status, location = :location, body = :body
                where organization_id is not distinct from :organization and principal_id = :principal
                  and route = :route and key = :key and status is null
                """)
                .param("status", answer.status())
                .param("location", answer.location().orElse(null))
                .param("body", answer.body().orElse(null))
                .param("organization", key.organizationId().orElse(null), java.sql.Types.OTHER)
                .param("principal", key.principalId())
                .param("route", key.route())
                .param("key", key.text())
                .update();
    }

    /** Gives a reserved key back: its request had no effect, and may be sent again. */
    public void release(Key key) {
        jdbc.sql("""
                delete from idempotency_keys
                where organization_id is not distinct from :organization and principal_id = :principal
                  and route = :route and key = :key and status is null
                """)
                .param("organization", key.organizationId().orElse(null), java.sql.Types.OTHER)
                .param("principal", key.principalId())
                .param("route", key.route())
                .param("key", key.text())
                .update();
    }

    /** Removes what expired; index {@code idempotency_keys_expires_at}. Platform only. */
    public int purge(Instant now) {
        return jdbc.sql("delete from idempotency_keys where expires_at <= ?")
                .param(Column.of(now))
                .update();
    }

    private static Kept map(ResultSet row, int number) throws SQLException {
        Integer status = row.getObject("status", Integer.class);
        return new Kept(
                HexFormat.of().formatHex(row.getBytes("fingerprint")),
                status == null ? OptionalInt.empty() : OptionalInt.of(status),
                Optional.ofNullable(row.getString("location")),
                Optional.ofNullable(row.getBytes("body")),
                Column.instant(row, "created_at"));
    }

    /**
     * One caller's key for one route.
     *
     * @param organizationId none for what belongs to no organisation
     * @param principalId the token, or whoever is signed in
     * @param route method and pattern of the address, at most 200 characters
     * @param text as the caller chose it, 1 to 255 characters
     */
    public record Key(Optional<UUID> organizationId, UUID principalId, String route, String text) {}

    /** @param body sealed */
    public record Answer(int status, Optional<String> location, Optional<byte[]> body) {}

    /**
     * What is known of a key.
     *
     * @param fingerprint of the request, 64 hexadecimal digits
     * @param status empty where there is no answer yet, and where there will be none
     * @param body sealed
     */
    public record Kept(
            String fingerprint,
            OptionalInt status,
            Optional<String> location,
            Optional<byte[]> body,
            Instant createdAt) {}
}
