package dev.berth.workers;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says for short activities that their process lives, so that Temporal gives them to another one within seconds of its death and
 * not when their time is up, which may be minutes.
 *
 * <p>It proves nothing about the activity itself, so those that may take longer than {@link #SHORT} say it themselves, from their own
 * thread: one of them that hangs is noticed.
 */
final class LifeSigns extends WorkerInterceptorBase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LifeSigns.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration SHORT = Duration.ofMinutes(5);

    private final Set<ActivityExecutionContext> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("life-signs").daemon().factory());

    private final Duration interval;

    LifeSigns() {
        this(INTERVAL);
    }

    LifeSigns(Duration interval) {
        this.interval = interval;
    }

    void start() {
        var _ = thread.scheduleWithFixedDelay(
                () -> running.forEach(LifeSigns::give),
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** @param most that an attempt may take */
    static boolean speakFor(Duration most) {
        return most.compareTo(SHORT) <= 0;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new Living(next);
    }

    /** Whoever does the work hears of a cancel or an end where it listens, and not here. */
    private static void give(ActivityExecutionContext context) {
        try {
            context.heartbeat("at work");
        } catch (ActivityCompletionException unwanted) {
            LOG.debug("{} is no longer wanted", context.getInfo().getActivityType());
        } catch (RuntimeException away) {
            LOG.debug("{} could not say that it lives", context.getInfo().getActivityType(), away);
        }
    }

    private final class Living extends ActivityInboundCallsInterceptorBase {
        private Optional<ActivityExecutionContext> context = Optional.empty();

        Living(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public void init(ActivityExecutionContext executing) {
            context =
                    Optional.of(executing).filter(own -> speakFor(own.getInfo().getStartToCloseTimeout()));
            super.init(executing);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            context.ifPresent(running::add);
            try {
                return super.execute(input);
            } finally {
                context.ifPresent(running::remove);
            }
        }
    }
}
