package dev.berth.testkit;

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
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A real PostgreSQL with Berth's tables, and in it a database of its own for each test class that asks. The server is started
 * once for a JVM and ends with it.
 */
public final class TestDatabase {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String ownerUrl;
    private final String url;
    private final DataSource dataSource;

    private TestDatabase(String ownerUrl, String url) {
        this.ownerUrl = ownerUrl;
        this.url = url;
        this.dataSource = Migrations.dataSource(url);
    }

    /** A migrated database that nobody else uses, in which the audit trail is the last that a transaction writes. */
    public static TestDatabase fresh() {
        TestDatabase database = empty();
        Migrations.migrate(database.ownerUrl, database.url);
        try (Connection owner = database.ownerDataSource().getConnection()) {
            AuditLast.require(owner);
        } catch (SQLException e) {
            throw new IllegalStateException("No rule for the order of writes", e);
        }
        return database;
    }

    /** A database without any table. */
    public static TestDatabase empty() {
        String name = "test" + COUNT.incrementAndGet();
        try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
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
