package dev.berth.local.parts;

import dev.berth.local.Folders;
import dev.berth.local.Keys;
import dev.berth.local.Port;
import dev.berth.local.PortTable;
import dev.berth.store.ApiToken;
import dev.berth.store.LocalSeed;
import dev.berth.store.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.CannotCreateTransactionException;

/** Berth's database inside the server: its owner, its tables, and the first organisation with its token. */
public final class Database {
    static final String SUPERUSER = "postgres";
    private static final String OWNER = "berth_owner";
    private static final String NAME = "berth";

    private final Folders folders;
    private final PortTable ports;
    private final Keys keys;
    private volatile boolean prepared;

    public Database(Folders folders, PortTable ports, Keys keys) {
        this.folders = folders;
        this.ports = ports;
        this.keys = keys;
    }

    public String ownerUrl() {
        return url(OWNER, keys.ownerPassword(), NAME);
    }

    public String appUrl() {
        return url("berth_app", keys.appPassword(), NAME);
    }

    /**
     * Makes what is missing, once per process of ours; each step may be done again.
     *
     * @return false while the server does not take connections yet
     */
    boolean prepared() {
        if (prepared) {
            return true;
        }
        try {
            createOwner();
        } catch (DataAccessResourceFailureException startingUp) {
            return false;
        }
        Migrations.migrate(ownerUrl(), appUrl());
        LocalSeed.plant(Migrations.dataSource(appUrl()), token(folders));
        prepared = true;
        return true;
    }

    /**
     * Where the first admin makes an account: in the browser, with a link that works once. Empty where there is one already, or
     * where the database does not answer.
     */
    public Optional<String> welcomeLink() {
        try {
            return LocalSeed.firstAdminLink(Migrations.dataSource(appUrl()))
                    .map(secret -> "http://localhost:%d/welcome?link=%s".formatted(ports.of(Port.API), secret.value()));
        } catch (CannotCreateTransactionException away) {
            return Optional.empty();
        }
    }

    private void createOwner() {
        JdbcClient jdbc =
                JdbcClient.create(Migrations.dataSource(url(SUPERUSER, keys.superuserPassword(), "postgres")));
        // The password is ours and hexadecimal. Migrations make roles, so their owner must be able to.
        if (absent(jdbc, "select from pg_roles where rolname = ?", OWNER)) {
            jdbc.sql("create role " + OWNER + " login createrole password '" + keys.ownerPassword() + "'")
                    .update();
        }
        if (absent(jdbc, "select from pg_database where datname = ?", NAME)) {
            jdbc.sql("create database " + NAME + " owner " + OWNER).update();
        }
    }

    private static boolean absent(JdbcClient jdbc, String question, String name) {
        return jdbc.sql(question)
                .param(name)
                .query((row, number) -> name)
                .optional()
                .isEmpty();
    }

    private String url(String user, String password, String database) {
        return "postgres://%s:%s@127.0.0.1:%d/%s".formatted(user, password, ports.of(Port.POSTGRES), database);
    }

    /** The local admin's token, made on the first call and kept in the state folder. */
    public static ApiToken token(Folders folders) {
        Path file = folders.state().resolve("token");
        try {
            if (Files.notExists(file)) {
                Folders.writePrivately(file, ApiToken.generate().value() + "\n");
            }
            return new ApiToken(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
