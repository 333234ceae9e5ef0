package dev.berth.bench;

import dev.berth.domain.ServiceRef;
import dev.berth.store.ApiToken;
import dev.berth.store.Migrations;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A database beside the stack's, in the same server, with more organisations than the stack has; gone when it is closed. */
final class CrowdedDatabase implements AutoCloseable {
    static final int ORGANIZATIONS = 10_000;
    private static final int SERVICES = 10;

    private final JdbcClient server;
    private final String name;
    private final String appUrl;
    private final SingleConnectionDataSource owner;
    private final List<UUID> organizations;

    private CrowdedDatabase(JdbcClient server, String name, String ownerUrl, String appUrl) throws SQLException {
        this.server = server;
        this.name = name;
        this.appUrl = appUrl;
        Migrations.migrate(ownerUrl, appUrl);
        this.owner = single(ownerUrl);
        fill(JdbcClient.create(owner));
        this.organizations = JdbcClient.create(owner)
                .sql("select id from organizations order by slug")
                .query(UUID.class)
                .list();
    }

    static CrowdedDatabase make(Map<String, String> environment) throws SQLException {
        String superuser = required(environment, "BERTH_BENCH_DATABASE");
        String app = required(environment, "BERTH_BENCH_DATABASE_APP");
        JdbcClient server = JdbcClient.create(Migrations.dataSource(superuser));
        String name = "bench_" + Long.toString(System.nanoTime(), 36);
        server.sql("create database " + name).update();
        try {
            return new CrowdedDatabase(server, name, inDatabase(superuser, name), inDatabase(app, name));
        } catch (SQLException | RuntimeException e) {
            server.sql("drop database " + name + " with (force)").update();
            throw e;
        }
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set: run the measurement through ./berth bench.");
        }
        return value;
    }

    private static String inDatabase(String url, String name) {
        return url.substring(0, url.lastIndexOf('/') + 1) + name;
    }

    private static SingleConnectionDataSource single(String url) throws SQLException {
        return new SingleConnectionDataSource(Migrations.dataSource(url).getConnection(), true);
    }

    private static void fill(JdbcClient owner) {
        // Replicas do not check again what their source has checked; the rows are right.
        owner.sql("set session_replication_role = replica").update();
        owner.sql("insert into organizations (id, name, slug) select uuidv7(), 'Org', 'o' || lpad(n::text, 6, '0')"
                        + " from generate_series(0, ?) n")
                .param(ORGANIZATIONS - 1)
                .update();
        // What a trigger does otherwise.
        owner.sql("insert into organization_quotas (organization_id) select id from organizations")
                .update();
        owner.sql("insert into quota_usage (organization_id) select id from organizations")
                .update();
        owner.sql(
                        "insert into users (id, email, display_name) select id, slug || '@example.org', 'Somebody' from organizations")
                .update();
        owner.sql("insert into memberships (organization_id, user_id, role) select id, id, 'owner' from organizations")
                .update();
        // In use until the measurement is over: the note that one request a minute makes is none of its business.
        owner.sql("""
                insert into api_tokens (id, organization_id, user_id, name, token_hash, prefix, scope, last_used_at)
                select uuidv7(), id, id, 'bench', sha256(convert_to('berth_' || repeat('x', 33) || slug, 'UTF8')), 'berth_xxxxxx',
                    'admin', now() + interval '1 hour'
                from organizations
                """).update();
        owner.sql("""
                insert into container_services (id, organization_id, name, slug, host, git_url, git_branch, replicas,
                    cpu_millis, memory_mb, port, health_path, status, created_at)
                select uuidv7(), o.id, 'App', 's' || n, o.slug || '-' || n, 'https://git.example.org/a/b.git', 'main', 1,
                    500, 256, 8080, '/', 'running', now() - n * interval '1 minute'
                from organizations o, generate_series(1, ?) n
                """).param(SERVICES).update();
        owner.sql("analyze").update();
    }

    static ApiToken token(int number) {
        return new ApiToken("berth_" + "x".repeat(33) + "o%06d".formatted(number));
    }

    UUID organization(int number) {
        return organizations.get(number);
    }

    ServiceRef service(UUID organization) {
        return JdbcClient.create(owner)
                .sql("select id from container_services where organization_id = ? limit 1")
                .param(organization)
                .query((row, number) -> new ServiceRef(organization, row.getObject("id", UUID.class)))
                .single();
    }

    SingleConnectionDataSource owner() {
        return owner;
    }

    /** As the login of the API, with one connection that stays open, as a pool's would. */
    SingleConnectionDataSource app() throws SQLException {
        return single(appUrl);
    }

    @Override
    public void close() {
        owner.destroy();
        server.sql("drop database " + name + " with (force)").update();
    }
}
