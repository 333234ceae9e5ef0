package dev.berth.store;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Brings a database to this version of Berth. */
public final class Migrations {
    /** After this the server ends a statement of the processes, also one that waits for a lock. */
    static final String STATEMENT_TIMEOUT = "20s";

    private static final int SILENCE_SECONDS = 30;

    private Migrations() {}

    /**
     * Runs what is missing and gives the processes' login its password and the time its statements may take. Safe to run again,
     * and by several at once.
     *
     * @param owner {@code postgres://user:password@host:port/database} of the role that owns the tables
     * @param application the same of {@code berth_app}, the login of API and Temporal workers
     */
    public static void migrate(String owner, String application) {
        PGSimpleDataSource database = dataSource(owner);
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .connectRetries(20)
                .load()
                .migrate();
        JdbcClient jdbc = JdbcClient.create(database);
        limitStatements(jdbc);
        // ALTER ROLE takes no parameters; quote_literal of the server does the quoting.
        password(application)
                .ifPresent(password -> jdbc.sql(
                                "select format('alter role berth_app login noinherit password %L', cast(? as text))")
                        .param(password)
                        .query(String.class)
                        .optional()
                        .ifPresent(statement -> jdbc.sql(statement).update()));
    }

    /** Only where it is not so already: two who alter a role at once are one too many for PostgreSQL. */
    private static void limitStatements(JdbcClient jdbc) {
        String setting = "statement_timeout=" + STATEMENT_TIMEOUT;
        boolean set = jdbc.sql("""
                select exists (select from pg_db_role_setting s join pg_roles r on r.oid = s.setrole
                               where r.rolname = 'berth_app' and ? = any(s.setconfig))
                """).param(setting).query(Boolean.class).single();
        if (!set) {
            jdbc.sql("alter role berth_app set statement_timeout = '" + STATEMENT_TIMEOUT + "'")
                    .update();
        }
    }

    /** A source without a pool, for one-off work. */
    public static PGSimpleDataSource dataSource(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        URI uri = URI.create(url);
        source.setServerNames(new String[] {uri.getHost()});
        source.setPortNumbers(new int[] {uri.getPort() < 0 ? 5432 : uri.getPort()});
        source.setDatabaseName(uri.getPath().substring(1));
        user(url).ifPresent(source::setUser);
        password(url).ifPresent(source::setPassword);
        source.setConnectTimeout(5);
        return source;
    }

    /**
     * A source for a pool of a process whose statements end by {@link #STATEMENT_TIMEOUT}: a server that went without a word,
     * with its host or its network, is given up some seconds after that and not when TCP gives up, which may take a quarter of
     * an hour.
     */
    public static PGSimpleDataSource dataSourceOfProcess(String url) {
        PGSimpleDataSource source = dataSource(url);
        source.setSocketTimeout(SILENCE_SECONDS);
        source.setTcpKeepAlive(true);
        return source;
    }

    static Optional<String> user(String url) {
        return userInfo(url).map(info -> decode(info.split(":", 2)[0]));
    }

    static Optional<String> password(String url) {
        return userInfo(url).filter(info -> info.contains(":")).map(info -> decode(info.split(":", 2)[1]));
    }

    private static Optional<String> userInfo(String url) {
        return Optional.ofNullable(URI.create(url).getRawUserInfo());
    }

    private static String decode(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The same as a pooled source wants it: {@code jdbc:postgresql://…} without the user. */
    public static String jdbcUrl(String url) {
        URI uri = URI.create(url);
        return "jdbc:postgresql://" + uri.getHost() + ":" + (uri.getPort() < 0 ? 5432 : uri.getPort()) + uri.getPath();
    }
}
