package dev.berth.store;

import dev.berth.domain.quota.Amounts;
import dev.berth.domain.quota.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What organisations may have: the platform's defaults and what stands in place of them for single organisations. */
public final class Quotas {
    private static final String COLUMNS =
            Arrays.stream(Resource.values()).map(Resource::word).collect(Collectors.joining(", "));
    private static final String ASSIGNMENTS = Arrays.stream(Resource.values())
            .map(resource -> resource.word() + " = :" + resource.word())
            .collect(Collectors.joining(", "));

    private final JdbcClient jdbc;

    public Quotas(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * Waits until nobody else is taking anything for the organisation, and makes others wait until this transaction ends. Ask
     * what is left in a later statement, which sees what they took.
     *
     * <p>Take it before the audit trail's head and after the service's row. The organisation's row comes first, since its removal
     * takes both in that order.
     */
    public void hold(UUID organizationId) {
        jdbc.sql("""
                select q.organization_id from organizations o join organization_quotas q on q.organization_id = o.id
                where o.id = ?
                for key share of o for update of q
                """).param(organizationId).query(UUID.class).optional();
    }

    /** The limits that hold; empty for an organisation that is not there, or not for these eyes. */
    public Optional<Amounts> limits(UUID organizationId) {
        return jdbc.sql("select " + COLUMNS + " from organization_limits where organization_id = ?")
                .param(organizationId)
                .query(Quotas::amounts)
                .optional();
    }

    public Optional<Quota> find(UUID organizationId) {
        return jdbc.sql("select " + COLUMNS
                        + ", version, updated_at from organization_quotas where organization_id = ?")
                .param(organizationId)
                .query((row, number) -> new Quota(
                        organizationId, overrides(row), row.getLong("version"), Column.instant(row, "updated_at")))
                .optional();
    }

    /**
     * Puts these limits in place of all earlier ones of the organisation. Platform only; call it with the row held.
     *
     * @param overrides what is not named is the platform's default
     */
    public void change(UUID organizationId, Map<Resource, Long> overrides) {
        update(
                        "update organization_quotas set " + ASSIGNMENTS
                                + ", version = version + 1 where organization_id = :id",
                        overrides)
                .param("id", organizationId)
                .update();
    }

    public Defaults defaults() {
        return jdbc.sql("select " + COLUMNS + ", version, updated_at from quota_defaults")
                .query((row, number) ->
                        new Defaults(amounts(row, number), row.getLong("version"), Column.instant(row, "updated_at")))
                .single();
    }

    /** Makes other changes of the defaults wait until this transaction ends. Platform only. */
    public void holdDefaults() {
        jdbc.sql("select version from quota_defaults for update")
                .query(Long.class)
                .single();
    }

    /** Platform only. */
    public void changeDefaults(Amounts limits) {
        update("update quota_defaults set " + ASSIGNMENTS + ", version = version + 1", limits.byResource())
                .update();
    }

    private JdbcClient.StatementSpec update(String sql, Map<Resource, Long> amounts) {
        JdbcClient.StatementSpec statement = jdbc.sql(sql);
        for (Resource resource : Resource.values()) {
            statement = statement.param(resource.word(), amounts.get(resource));
        }
        return statement;
    }

    static Amounts amounts(ResultSet row, int number) throws SQLException {
        return new Amounts(overrides(row));
    }

    private static Map<Resource, Long> overrides(ResultSet row) throws SQLException {
        Map<Resource, Long> found = new EnumMap<>(Resource.class);
        for (Resource resource : Resource.values()) {
            long amount = row.getLong(resource.word());
            if (!row.wasNull()) {
                found.put(resource, amount);
            }
        }
        return found;
    }

    /**
     * What an organisation's own row says.
     *
     * @param overrides limits in place of the platform's defaults
     * @param version grows with every change
     */
    public record Quota(UUID organizationId, Map<Resource, Long> overrides, long version, Instant updatedAt) {
        public Quota {
            overrides = Map.copyOf(overrides);
        }
    }

    /** @param version grows with every change */
    public record Defaults(Amounts limits, long version, Instant updatedAt) {}
}
