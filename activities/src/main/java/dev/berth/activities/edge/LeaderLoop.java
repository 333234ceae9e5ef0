package dev.berth.activities.edge;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that exactly one process of the platform does over and over: whoever holds the database's advisory lock. The lock lives
 * as long as its connection, so a process that dies hands over by dying.
 */
public final class LeaderLoop implements AutoCloseable {
    /** The lock's number: one per kind of work, and nothing else in the database uses advisory locks of this class. */
    public enum Work {
        EDGE_FEEDER,
        ENDPOINT_WATCHER,
        QUOTAS,
        RECONCILER
    }

    private static final Logger LOG = LoggerFactory.getLogger(LeaderLoop.class);
    private static final int LOCK_CLASS = 0xbe27;
    /** After that without an answer the lock is taken for lost. */
    private static final int SILENCE_SECONDS = 2;

    private static final Duration CANDIDACY = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    /** A wait looks that often whether the process is about to end. */
    private static final Duration SLICE = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Work work;
    private final DataSource source;
    private final Duration interval;
    private final Turn turn;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param interval between two turns where nothing is announced; at most that long, since an announcement on the channel
     *     {@code edge} ends the wait
     */
    public LeaderLoop(Work work, DataSource source, Duration interval, Turn turn) {
        this.work = work;
        this.source = source;
        this.interval = interval;
        this.turn = turn;
        this.thread = Thread.ofVirtual().name(work.name()).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        // A turn ends by itself; an interrupt in the middle of one would only tear its transaction.
        if (!thread.join(interval.plus(PATIENCE))) {
            thread.interrupt();
        }
    }

    private void run() {
        Duration pause = CANDIDACY;
        while (!closed) {
            try {
                lead();
                pause = CANDIDACY;
            } catch (SQLException | RuntimeException e) {
                if (!closed) {
                    LOG.warn("{} stopped and starts again in {} s", work, pause.toSeconds(), e);
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                }
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void lead() throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(true);
            if (!acquire(connection)) {
                return;
            }
            try {
                turns(connection);
            } finally {
                release(connection);
            }
        }
    }

    private void turns(Connection connection) throws SQLException {
        PGConnection announcements = connection.unwrap(PGConnection.class);
        boolean announced = false;
        while (!closed) {
            if (!connection.isValid(SILENCE_SECONDS)) {
                throw new SQLException("The connection that holds the lock is gone, and the lock with it");
            }
            turn.take(announced);
            announced = isAnnounced(announcements);
        }
    }

    /** @return false where the interval has passed before anything was announced, or the process ends */
    private boolean isAnnounced(PGConnection announcements) throws SQLException {
        long end = System.nanoTime() + interval.toNanos();
        long left = interval.toNanos();
        while (!closed && left > 0) {
            Duration slice = Duration.ofNanos(Math.min(left, SLICE.toNanos()));
            if (announcements.getNotifications(Math.max(1, (int) slice.toMillis())).length > 0) {
                return true;
            }
            left = end - System.nanoTime();
        }
        return false;
    }

    private boolean acquire(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
            lock.setInt(1, LOCK_CLASS);
            lock.setInt(2, work.ordinal());
            try (ResultSet row = lock.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    return false;
                }
            }
        }
        if (work == Work.EDGE_FEEDER) {
            try (Statement listen = connection.createStatement()) {
                listen.execute("listen edge");
            }
        }
        LOG.info("This process leads {}", work);
        return true;
    }

    /** The connection may go back to a pool. */
    private static void release(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("unlisten *");
            statement.execute("select pg_advisory_unlock_all()");
        } catch (SQLException e) {
            LOG.debug("The connection is gone, and the lock with it", e);
        }
    }

    /** One turn. */
    public interface Turn {
        /** @param announced false where only the interval has passed */
        void take(boolean announced);
    }
}
