package dev.berth.store;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The two doors to the rows. Each opens one transaction with its own database role, and everything that {@code work} asks of
 * the repositories happens in it; an exception rolls it back. {@link #entering} opens the tenant's door ahead, while it is
 * asked who stands there; {@link #expect} lets the read itself ask.
 *
 * <p>The repositories must be made of the same {@code DataSource} object: a transaction belongs to it.
 *
 * <p>A statement's time is the login's to limit ({@link Migrations}), not this class's: the driver would start and stop a timer
 * around every one.
 *
 * <p>They do not nest: work that needs both does one after the other, and says so.
 */
public final class Tenancy {
    private static final TransactionDefinition ONE_MOMENT = oneMoment();

    private final DataSource source;
    private final JdbcClient jdbc;
    private final PlatformTransactionManager transactions;

    /** Of a thread whose transaction was opened by {@link #entering} and not used yet. */
    private final ThreadLocal<@Nullable Entered> entered = new ThreadLocal<>();

    /** Of a thread whose caller is taken for somebody and was not asked for yet. */
    private final ThreadLocal<@Nullable Expected> expected = new ThreadLocal<>();

    public Tenancy(DataSource dataSource) {
        this.source = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.transactions = new JdbcTransactionManager(dataSource);
    }

    /** Works on the rows of one organisation; those of others do not exist for it. */
    public <T> T inOrg(UUID organizationId, Supplier<T> work) {
        Entered ahead = entered.get();
        if (ahead != null && ahead.organizationId.equals(organizationId)) {
            entered.remove();
            return finish(ahead.transaction, work);
        }
        return inTransaction(
                TransactionDefinition.withDefaults(),
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
     * As {@link #inOrg}, for work that is a single query: {@link LastQuery}. Who is {@link #expect expected} there is asked for in
     * front of it.
     *
     * @throws org.springframework.dao.DataAccessException for a second one
     * @throws CallerChangedException where somebody else is there, or nobody
     */
    public <T> T readInOrg(UUID organizationId, Supplier<T> query) {
        Expected caller = expected.get();
        if (caller != null && caller.caller().organizationId().equals(organizationId)) {
            return finish(begin(), () -> LastQuery.of(source, caller, expected::remove, query));
        }
        return inOrg(organizationId, () -> LastQuery.of(source, query));
    }

    /**
     * Works on the rows of all: sign-in, sweeps, the edge document.
     *
     * @param reason why no single organisation will do; the database shows it beside the connection
     */
    public <T> T asPlatform(String reason, Supplier<T> work) {
        return asPlatform(reason, TransactionDefinition.withDefaults(), work);
    }

    /** As {@link #asPlatform}, for several questions whose answers have to be of one moment; they change nothing. */
    public <T> T lookAsPlatform(String reason, Supplier<T> look) {
        return asPlatform(reason, ONE_MOMENT, look);
    }

    private <T> T asPlatform(String reason, TransactionDefinition kind, Supplier<T> work) {
        return inTransaction(
                kind,
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

    /**
     * Asks who calls in the transaction that their first {@link #inOrg} goes on in, if that is the next door they take: a read
     * then costs one round trip less. Any other door ends it, and {@link #leave} must, for callers who take none. Meanwhile it
     * holds a connection: not for requests whose body is still to come.
     *
     * @param question as {@link Tokens#enter}: makes the transaction the organisation's, if there is an answer
     */
    public Optional<Recognized> entering(Supplier<Optional<Recognized>> question) {
        Expected guess = expected.get();
        leave();
        TransactionStatus transaction = null;
        Optional<Recognized> answer;
        try {
            transaction = begin();
            answer = question.get();
        } catch (RuntimeException | Error e) {
            // What could not be asked stays a guess.
            expected.set(guess);
            if (transaction != null) {
                rollBack(transaction, e);
            }
            throw e;
        }
        TransactionStatus opened = transaction;
        answer.ifPresentOrElse(
                found -> entered.set(new Entered(found.caller().organizationId(), opened)),
                () -> transactions.rollback(opened));
        return answer;
    }

    /**
     * Takes the caller for whom they were last recognised as, until {@link #readInOrg} has asked. Every other door is closed
     * meanwhile, so that nothing is done for a guess; whoever answers without a read asks {@link #unconfirmed} before.
     */
    public void expect(Expected caller) {
        leave();
        expected.set(caller);
    }

    /** Who is expected and was not asked for yet. */
    public Optional<Expected> unconfirmed() {
        return Optional.ofNullable(expected.get());
    }

    /** Ends what {@link #entering} began, if no door did, and forgets whom {@link #expect} named. */
    public void leave() {
        expected.remove();
        Entered ahead = entered.get();
        if (ahead != null) {
            entered.remove();
            transactions.rollback(ahead.transaction);
        }
    }

    private <T> T inTransaction(TransactionDefinition kind, Supplier<T> work, Runnable becomeRole) {
        if (expected.get() != null) {
            throw new IllegalStateException("The caller is a guess yet: ask who it is, or read with readInOrg");
        }
        leave();
        return finish(begin(kind), () -> {
            becomeRole.run();
            return work.get();
        });
    }

    private TransactionStatus begin() {
        return begin(TransactionDefinition.withDefaults());
    }

    private TransactionStatus begin(TransactionDefinition kind) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Tenancy does not nest: a transaction is open already");
        }
        return transactions.getTransaction(kind);
    }

    private <T> T finish(TransactionStatus transaction, Supplier<T> work) {
        T result;
        try {
            result = work.get();
            if (result == null) {
                throw new IllegalStateException("Work in a transaction returned null; return an Optional");
            }
        } catch (RuntimeException | Error e) {
            rollBack(transaction, e);
            throw e;
        }
        transactions.commit(transaction);
        return result;
    }

    /** What failed first is what is told. */
    private void rollBack(TransactionStatus transaction, Throwable why) {
        try {
            transactions.rollback(transaction);
        } catch (RuntimeException | Error e) {
            why.addSuppressed(e);
        }
    }

    private static TransactionDefinition oneMoment() {
        DefaultTransactionDefinition kind =
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRED);
        kind.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        kind.setReadOnly(true);
        return kind;
    }

    private static Supplier<Boolean> returningNothing(Runnable work) {
        return () -> {
            work.run();
            return true;
        };
    }

    private record Entered(UUID organizationId, TransactionStatus transaction) {}
}
