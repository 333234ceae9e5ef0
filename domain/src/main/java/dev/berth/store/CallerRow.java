package dev.berth.store;

import dev.berth.domain.Role;
import dev.berth.domain.TokenScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Reads a {@link Caller} from a row of {@code recognize_token} or {@code recognize_session}, and a membership also from one of
 * {@code organizations o} and {@code memberships m}.
 */
final class CallerRow {
    /** Of the organisation {@code o} and its member {@code m}. */
    static final String MEMBERSHIP = """
            o.id as organization_id, o.name as organization_name, o.slug as organization_slug, m.role,
            (select coalesce(jsonb_object_agg(g.service_id, g.role), '{}') from service_grants g
             where g.organization_id = m.organization_id and g.user_id = m.user_id) as grants
            """;

    private CallerRow() {}

    static Caller.Membership membership(ResultSet row) throws SQLException {
        Map<UUID, Role> grants = Column.environment(row, "grants").entrySet().stream()
                .collect(Collectors.toMap(
                        grant -> UUID.fromString(grant.getKey()),
                        grant -> Role.of(grant.getValue()).orElseThrow()));
        return new Caller.Membership(
                Column.id(row, "organization_id"),
                row.getString("organization_name"),
                row.getString("organization_slug"),
                Role.of(row.getString("role")).orElseThrow(),
                grants);
    }

    static Caller withToken(ResultSet row, Optional<UUID> sessionId) throws SQLException {
        Caller.Token token = new Caller.Token(
                Column.id(row, "token_id"),
                TokenScope.of(row.getString("scope")).orElseThrow(),
                Column.optionalId(row, "service_id"));
        return new Caller(
                Column.id(row, "user_id"),
                row.getString("email"),
                row.getBoolean("platform_admin"),
                sessionId,
                Optional.of(token),
                Optional.of(membership(row)));
    }
}
