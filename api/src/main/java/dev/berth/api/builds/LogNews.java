package dev.berth.api.builds;

import dev.berth.settings.Settings;
import dev.berth.store.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Hears from PostgreSQL which build logs grew, on one connection for all who follow one. It only saves time: followers look by
 * themselves every now and then, so news lost with a connection delay a line and lose none.
 */
@Component
class LogNews implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(LogNews.class);
    private static final int HEARKEN_MILLIS = 1_000;
    private static final Duration BACK_OFF = Duration.ofSeconds(2);

    private final String databaseUrl;
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private final Semaphore stopped = new Semaphore(0);
    private volatile boolean running;

    LogNews(Settings settings) {
        this.databaseUrl = settings.databaseUrl();
    }

    Follower follow(UUID buildId) {
        Follower follower = new Follower(buildId);
        followers.add(follower);
        return follower;
    }

    /** One who waits for a build's log to grow. */
    final class Follower implements AutoCloseable {
        private final UUID buildId;
        private final Semaphore news = new Semaphore(0);

        private Follower(UUID buildId) {
            this.buildId = buildId;
        }

        /** Returns when there may be news, after {@code patience} at the latest. */
        void await(Duration patience) throws InterruptedException {
            if (news.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        }

        /** Whether the process goes on; who follows leaves when it does not. */
        boolean mayStay() {
            return running;
        }

        @Override
        public void close() {
            followers.remove(this);
        }
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("build log news").start(this::listen);
    }

    @Override
    public void stop() {
        running = false;
        stopped.release();
        followers.forEach(follower -> follower.news.release());
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void listen() {
        while (running) {
            try (Connection connection = Migrations.dataSource(databaseUrl).getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("listen build_log");
                PGConnection news = connection.unwrap(PGConnection.class);
                while (running) {
                    PGNotification[] heard = news.getNotifications(HEARKEN_MILLIS);
                    for (PGNotification one : heard == null ? new PGNotification[0] : heard) {
                        tell(one.getParameter());
                    }
                }
            } catch (SQLException e) {
                LOG.debug("No news of build logs: {}", e.toString());
                pause();
            }
        }
    }

    private void tell(String build) {
        followers.stream()
                .filter(follower -> follower.buildId.toString().equals(build))
                .forEach(follower -> follower.news.release());
    }

    private void pause() {
        try {
            if (stopped.tryAcquire(BACK_OFF.toMillis(), TimeUnit.MILLISECONDS)) {
                stopped.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
