package dev.berth.testkit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.berth.store.Ids;
import dev.berth.store.Migrations;
import dev.berth.store.Organizations;
import dev.berth.store.Tenancy;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A real PostgreSQL with Berth's tables, and in it a database of its own for each test class that asks. The server is started
 * once for a JVM and ends with it.
 */
public final class TestDatabase {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int CONNECTIONS = 20;
    private static final Deque<HikariDataSource> RECENT = new ArrayDeque<>();
    private static final int RECENT_AT_MOST = 8;

    private final String ownerUrl;
    private final String url;
    private final DataSource dataSource;

    private TestDatabase(String ownerUrl, String url) {
        this.ownerUrl = ownerUrl;
        this.url = url;
        this.dataSource = pool(url);
    }

    /** As the processes have one: a connection costs more than what most tests ask of it. Empty when nobody asks. */
    private static DataSource pool(String url) {
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(Migrations.dataSource(url));
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(Duration.ofSeconds(10).toMillis());
        // A database may not be there yet, or be gone.
        pool.setInitializationFailTimeout(-1);
        HikariDataSource source = new HikariDataSource(pool);
        letGoOfOlder(source);
        return source;
    }

    /** Idle connections stay for ten seconds, in which many short tests may each have had a database. */
    private static void letGoOfOlder(HikariDataSource newest) {
        synchronized (RECENT) {
            RECENT.addLast(newest);
            if (RECENT.size() > RECENT_AT_MOST) {
                Optional.ofNullable(RECENT.removeFirst().getHikariPoolMXBean())
                        .ifPresent(HikariPoolMXBean::softEvictConnections);
            }
        }
    }

    /** A migrated database that nobody else uses, in which the audit trail is the last that a transaction writes. */
    public static TestDatabase fresh() {
        return create(" template " + Template.NAME);
    }

    /** A database without any table. */
    public static TestDatabase empty() {
        return create("");
    }

    private static TestDatabase create(String from) {
        return create("test" + COUNT.incrementAndGet(), from);
    }

    private static TestDatabase create(String name, String from) {
        try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + from);
        } catch (SQLException e) {
            throw new IllegalStateException("No database for the test", e);
        }
        String address = "127.0.0.1:" + Server.INSTANCE.getPort() + "/" + name;
        return new TestDatabase("postgres://postgres:postgres@" + address, "postgres://berth_app:test-only@" + address);
    }

    /** As {@code berth_app}, the login of the processes; always the same object, since transactions belong to it. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** As the owner, who passes every wall: for looking at what is really there. */
    public DataSource ownerDataSource() {
        return Migrations.dataSource(ownerUrl);
    }

    public String url() {
        return url;
    }

    public String ownerUrl() {
        return ownerUrl;
    }

    public Tenancy tenancy() {
        return new Tenancy(dataSource);
    }

    /** A new organisation with nothing in it. */
    public UUID organization() {
        UUID id = Ids.next();
        Organizations organizations = new Organizations(dataSource);
        tenancy()
                .asPlatform(
                        "test",
                        () -> organizations.insert(
                                id, "Test", "t" + id.toString().substring(24)));
        return id;
    }

    /** Migrated once, and copied for whoever asks: the migrations take ten times as long as the copy. */
    private static final class Template {
        static final String NAME = make();

        private static String make() {
            TestDatabase template = create("migrated", "");
            Migrations.migrate(template.ownerUrl, template.url);
            try (Connection owner = template.ownerDataSource().getConnection()) {
                AuditLast.require(owner);
            } catch (SQLException e) {
                throw new IllegalStateException("No rule for the order of writes", e);
            }
            return "migrated";
        }
    }

    private static final class Server {
        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
