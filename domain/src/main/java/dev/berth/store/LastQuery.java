package dev.berth.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lets the one query of a read take the end of its transaction along: the driver sends what stands between two semicolons together,
 * and waits once. A read that is held against who asks is three round trips without it, and two with it; each is a tenth of a
 * millisecond, of two or three that a request takes. Where it is known who is expected to ask, the question who it is stands in front
 * of the query in the same way, and one round trip is left.
 *
 * <p>The transaction's manager finds it ended and has nothing left to send. A second query would stand behind the end, outside of
 * the role that may read anything, and is refused by the database.
 */
final class LastQuery {
    private static final String COMMIT = "\n; commit";

    private LastQuery() {}

    /** @param source whose transaction is open on this thread */
    static <T> T of(DataSource source, Supplier<T> work) {
        return through(source, LastQuery::ending, work);
    }

    /**
     * @param expected who must be asking, for the answer to be given
     * @param asked called when the database has said who it is, whoever that is
     * @throws CallerChangedException where it is somebody else; the transaction is over then
     */
    static <T> T of(DataSource source, Expected expected, Runnable asked, Supplier<T> work) {
        return through(source, connection -> asking(connection, expected, asked), work);
    }

    private static <T> T through(DataSource source, UnaryOperator<Connection> proxy, Supplier<T> work) {
        ConnectionHolder open = (ConnectionHolder) TransactionSynchronizationManager.unbindResource(source);
        TransactionSynchronizationManager.bindResource(source, new ConnectionHolder(proxy.apply(open.getConnection())));
        try {
            return work.get();
        } finally {
            TransactionSynchronizationManager.unbindResource(source);
            TransactionSynchronizationManager.bindResource(source, open);
        }
    }

    private static Connection ending(Connection connection) {
        return preparing(connection, sql -> ending(connection.prepareStatement(sql + COMMIT)));
    }

    /** It would be asked again for a second query, and answered; but in a transaction of its own, which nobody expects. */
    private static Connection asking(Connection connection, Expected expected, Runnable asked) {
        AtomicBoolean first = new AtomicBoolean(true);
        return preparing(connection, sql -> {
            if (!first.getAndSet(false)) {
                throw new IllegalStateException("A second query of a read that is a single one");
            }
            return asking(connection.prepareStatement(Expected.QUESTION + ";" + sql + COMMIT), expected, asked);
        });
    }

    private static Connection preparing(Connection connection, Preparation preparation) {
        return proxy(
                Connection.class,
                connection,
                (method, arguments) -> method.getName().equals("prepareStatement") && arguments.length == 1
                        ? preparation.of((String) arguments[0])
                        : method.invoke(connection, arguments));
    }

    /** What {@code executeQuery} gives must be alone; here the end of the transaction stands behind it. */
    private static PreparedStatement ending(PreparedStatement statement) {
        return proxy(PreparedStatement.class, statement, (method, arguments) -> {
            if (!method.getName().equals("executeQuery")) {
                return method.invoke(statement, arguments);
            }
            if (!statement.execute()) {
                throw new IllegalStateException("No query, but a statement that answers nothing");
            }
            return statement.getResultSet();
        });
    }

    /** The question's parameter is the first, and each of the query stands one place behind where the query has it. */
    private static PreparedStatement asking(PreparedStatement statement, Expected expected, Runnable asked) {
        return proxy(PreparedStatement.class, statement, (method, arguments) -> {
            if (method.getName().startsWith("set") && arguments.length > 1 && arguments[0] instanceof Integer place) {
                arguments[0] = place + 1;
            }
            if (!method.getName().equals("executeQuery")) {
                return method.invoke(statement, arguments);
            }
            statement.setBytes(1, expected.token().hash());
            statement.execute();
            try (ResultSet answer = statement.getResultSet()) {
                Optional<Recognized> now = Expected.found(answer);
                asked.run();
                expected.check(now);
            }
            if (!statement.getMoreResults(Statement.KEEP_CURRENT_RESULT)) {
                throw new IllegalStateException("No query, but a statement that answers nothing");
            }
            return statement.getResultSet();
        });
    }

    private static <T> T proxy(Class<T> type, T behind, Answer answer) {
        InvocationHandler handler = (itself, method, arguments) -> {
            try {
                return answer.to(method, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(behind.getClass().getClassLoader(), new Class<?>[] {type}, handler));
    }

    private interface Preparation {
        PreparedStatement of(String sql) throws SQLException;
    }

    private interface Answer {
        Object to(Method method, Object[] arguments) throws Throwable;
    }
}
