package dev.berth.workers;

import dev.berth.store.Cancellations;
import dev.berth.store.Operation;
import dev.berth.store.Tenancy;
import dev.berth.workflows.client.WorkflowCanceller;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on wishes to cancel that were not heard: the Temporal server may have been away, or the operation's workflow was not
 * started yet when somebody wanted it to end.
 */
final class CancelSweep {
    private static final Logger LOG = LoggerFactory.getLogger(CancelSweep.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** A soak takes an hour at most. */
    private static final Duration WITHIN = Duration.ofHours(1);

    private static final int AT_ONCE = 200;
    private static final UUID FIRST = new UUID(0, 0);

    private final Tenancy tenancy;
    private final Cancellations cancellations;
    private final WorkflowCanceller canceller;
    /** Where the next look goes on: two hundred that cannot end hide nobody behind them. */
    private UUID after = FIRST;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("cancel-sweep").daemon().factory());

    CancelSweep(Tenancy tenancy, DataSource source, WorkflowClient client) {
        this.tenancy = tenancy;
        this.cancellations = new Cancellations(source);
        this.canceller = new WorkflowCanceller(client);
    }

    void start() {
        var _ = thread.scheduleWithFixedDelay(this::sweep, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    void close() throws InterruptedException {
        thread.shutdownNow();
        thread.awaitTermination(5, TimeUnit.SECONDS);
    }

    private void sweep() {
        try {
            List<Operation> page =
                    tenancy.asPlatform("cancel sweep", () -> cancellations.outstanding(WITHIN, after, AT_ONCE));
            page.forEach(this::cancel);
            after = page.size() < AT_ONCE ? FIRST : page.getLast().id();
        } catch (RuntimeException e) {
            LOG.warn("The cancel sweep could not look: {}", e.getMessage());
        }
    }

    private void cancel(Operation operation) {
        try {
            canceller.cancel(operation.workflowId());
        } catch (RuntimeException e) {
            LOG.warn("{} could not be cancelled and is tried again: {}", operation.workflowId(), e.getMessage());
        }
    }
}
