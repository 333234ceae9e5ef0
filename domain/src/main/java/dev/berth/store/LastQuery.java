package dev.berth.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Lets the one query of a read take the end of its transaction along: the driver sends what stands between two semicolons together,
 * and waits once. A read that is held against who asks is three round trips without it, and two with it; each is a tenth of a
 * millisecond, of two or three that a request takes.
 *
 * <p>The transaction's manager finds it ended and has nothing left to send. A second query would stand behind the end, outside of
 * the role that may read anything, and is refused by the database.
 */
final class LastQuery {
    private static final String COMMIT = "\n; commit";

    private LastQuery() {}

    /** @param source whose transaction is open on this thread */
    static <T> T of(DataSource source, Supplier<T> work) {
        ConnectionHolder open = (ConnectionHolder) TransactionSynchronizationManager.unbindResource(source);
        TransactionSynchronizationManager.bindResource(source, new ConnectionHolder(ending(open.getConnection())));
        try {
            return work.get();
        } finally {
            TransactionSynchronizationManager.unbindResource(source);
            TransactionSynchronizationManager.bindResource(source, open);
        }
    }

    private static Connection ending(Connection connection) {
        return proxy(
                Connection.class,
                connection,
                (method, arguments) -> method.getName().equals("prepareStatement") && arguments.length == 1
                        ? ending(connection.prepareStatement(arguments[0] + COMMIT))
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

    private interface Answer {
        Object to(Method method, Object[] arguments) throws Throwable;
    }
}
