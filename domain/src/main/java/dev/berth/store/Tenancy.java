package dev.berth.store;

import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The two doors to the rows. Each opens one transaction with its own database role, and everything that {@code work} asks of
 * the repositories happens in it; an exception rolls it back.
 *
 * <p>The repositories must be made of the same {@code DataSource} object: a transaction belongs to it.
 *
 * <p>A statement's time is the login's to limit ({@link Migrations}), not this class's: the driver would start and stop a timer
 * around every one.
 *
 * <p>They do not nest: work that needs both does one after the other, and says so.
 */
public final class Tenancy {
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    public Tenancy(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /** Works on the rows of one organisation; those of others do not exist for it. */
    public <T> T inOrg(UUID organizationId, Supplier<T> work) {
        return inTransaction(
                work,
                () -> jdbc.sql(
                                "select set_config('role', 'berth_tenant', true), set_config('berth.organization_id', ?, true)")
                        .param(organizationId.toString())
                        .query()
                        .singleRow());
    }

    public void inOrg(UUID organizationId, Runnable work) {
        inOrg(organizationId, returningNothing(work));
    }

    /**
     * Works on the rows of all: sign-in, sweeps, the edge document.
     *
     * @param reason why no single organisation will do; the database shows it beside the connection
     */
    public <T> T asPlatform(String reason, Supplier<T> work) {
        return inTransaction(
                work,
                () -> jdbc.sql(
                                "select set_config('role', 'berth_platform', true), set_config('application_name', ?, true)")
                        .param("berth: " + reason)
                        .query()
                        .singleRow());
    }

    public void asPlatform(String reason, Runnable work) {
        asPlatform(reason, returningNothing(work));
    }

    private <T> T inTransaction(Supplier<T> work, Runnable becomeRole) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Tenancy does not nest: a transaction is open already");
        }
        // Suppliers of nullable results are wrapped by the callers; the template's own null means nothing here.
        Box<T> result = new Box<>();
        transactions.executeWithoutResult(status -> {
            becomeRole.run();
            result.value = work.get();
        });
        return result.get();
    }

    private static Supplier<Boolean> returningNothing(Runnable work) {
        return () -> {
            work.run();
            return true;
        };
    }

    private static final class Box<T> {
        private @org.jspecify.annotations.Nullable T value;

        private T get() {
            if (value == null) {
                throw new IllegalStateException("Work in a transaction returned null; return an Optional");
            }
            return value;
        }
    }
}
