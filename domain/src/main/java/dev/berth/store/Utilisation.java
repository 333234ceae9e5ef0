package dev.berth.store;

import dev.berth.domain.quota.Amounts;
import dev.berth.domain.quota.Resource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What organisations have: as it is this moment, and as it was summed up last for all of them. */
public final class Utilisation {
    private final JdbcClient jdbc;

    public Utilisation(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** As it is now; for a decision, ask with the quota held: {@link Quotas#hold}. */
    public Amounts now(UUID organizationId) {
        return jdbc.sql("""
                select services, cpu_millis, memory_mb, storage_mb, concurrent_builds from organization_usage
                where organization_id = ?
                """)
                .param(organizationId)
                .query(Quotas::amounts)
                .optional()
                .orElse(Amounts.NONE);
    }

    /** What one service takes of it; empty for one that neither runs nor is asked to. */
    public Optional<Taken> of(UUID organizationId, UUID serviceId) {
        return jdbc.sql(
                        "select replicas, cpu_millis, memory_mb from service_demand where organization_id = ? and service_id = ?")
                .params(organizationId, serviceId)
                .query((row, number) ->
                        new Taken(row.getInt("replicas"), row.getLong("cpu_millis"), row.getLong("memory_mb")))
                .optional();
    }

    /** As it was summed up last. */
    public Optional<Summary> summary(UUID organizationId) {
        return jdbc.sql("select * from quota_usage where organization_id = ?")
                .param(organizationId)
                .query((row, number) ->
                        new Summary(Quotas.amounts(row, number), Column.optionalInstant(row, "recalculated_at")))
                .optional();
    }

    /** Newest first; index {@code quota_events_list}. */
    public List<Event> events(UUID organizationId, int limit) {
        return jdbc.sql("""
                select * from quota_events where organization_id = ? order by raised_at desc, id desc limit ?
                """)
                .params(organizationId, limit)
                .query(Utilisation::event)
                .list();
    }

    /**
     * Sums up what every organisation has, raises an event for each part of a limit that was reached and has none open, and
     * clears those that hold no more. One statement, so that an organisation's numbers and its events are of one moment; a second
     * call changes nothing but the time. Platform only.
     */
    public Recalculated recalculate() {
        return jdbc.sql("""
                with found as materialized (select * from organization_usage),
                written as (
                    insert into quota_usage as u (organization_id, services, cpu_millis, memory_mb, storage_mb,
                        concurrent_builds, recalculated_at)
                    select organization_id, services, cpu_millis, memory_mb, storage_mb, concurrent_builds, now() from found
                    on conflict (organization_id) do update
                    set services = excluded.services, cpu_millis = excluded.cpu_millis, memory_mb = excluded.memory_mb,
                        storage_mb = excluded.storage_mb, concurrent_builds = excluded.concurrent_builds,
                        recalculated_at = excluded.recalculated_at
                    returning 1),
                reached as materialized (
                    select f.organization_id, r.resource, t.threshold
                    from found f join organization_limits l using (organization_id)
                    cross join lateral (values
                        ('services', f.services, l.services),
                        ('cpu_millis', f.cpu_millis, l.cpu_millis),
                        ('memory_mb', f.memory_mb, l.memory_mb),
                        ('storage_mb', f.storage_mb, l.storage_mb),
                        ('concurrent_builds', f.concurrent_builds, l.concurrent_builds)) r (resource, used, most)
                    cross join (values (80), (90), (100)) t (threshold)
                    where r.used > 0 and r.used * 100 >= t.threshold * r.most::bigint),
                raised as (
                    insert into quota_events (organization_id, resource, threshold)
                    select organization_id, resource, threshold from reached
                    on conflict (organization_id, resource, threshold) where cleared_at is null do nothing
                    returning 1),
                cleared as (
                    update quota_events e set cleared_at = now()
                    where e.cleared_at is null and not exists (
                        select from reached r
                        where r.organization_id = e.organization_id and r.resource = e.resource
                          and r.threshold = e.threshold)
                    returning 1)
                select (select count(*) from written) as organizations, (select count(*) from raised) as raised,
                       (select count(*) from cleared) as cleared
                """)
                .query((row, number) ->
                        new Recalculated(row.getInt("organizations"), row.getInt("raised"), row.getInt("cleared")))
                .single();
    }

    private static Event event(ResultSet row, int number) throws SQLException {
        return new Event(
                Column.id(row, "id"),
                Column.state(row, "resource", Resource.class),
                row.getInt("threshold"),
                Column.instant(row, "raised_at"),
                Column.optionalInstant(row, "cleared_at"));
    }

    /**
     * What a service takes with all its replicas.
     *
     * @param replicas wanted, or asked for by a scale that is open, whichever are more
     */
    public record Taken(int replicas, long cpuMillis, long memoryMb) {
        public static final Taken NOTHING = new Taken(1, 0, 0);
    }

    /** @param recalculatedAt empty for an organisation that nobody has looked at yet */
    public record Summary(Amounts used, Optional<Instant> recalculatedAt) {}

    /**
     * An organisation came close to a limit.
     *
     * @param threshold percent of the limit: 80, 90 or 100
     * @param clearedAt when it was below again; empty while it is not
     */
    public record Event(UUID id, Resource resource, int threshold, Instant raisedAt, Optional<Instant> clearedAt) {}

    /** How many organisations were looked at, and how many events came and went. */
    public record Recalculated(int organizations, int raised, int cleared) {}
}
