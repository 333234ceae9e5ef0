package dev.berth.workers;

import dev.berth.domain.ServiceRef;
import dev.berth.store.Operations;
import dev.berth.store.Tenancy;
import dev.berth.workflows.client.ServiceWaker;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds services with operations that nobody touched for a while and wakes them: the API may have died between commit and
 * wake-up, the Temporal server may have been down, a workflow may have been terminated by hand.
 *
 * <p>An operation whose workflow is closed or gone is claimed again by the service's workflow, which finishes it from the rows or
 * carries it out once more.
 */
final class WakeSweep {
    private static final Logger LOG = LoggerFactory.getLogger(WakeSweep.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration UNTOUCHED = Duration.ofSeconds(2);
    private static final int AT_ONCE = 200;
    private static final ServiceRef FIRST = new ServiceRef(new UUID(0, 0), new UUID(0, 0));

    private final Tenancy tenancy;
    private final Operations operations;
    private final WorkflowClient client;
    private final ServiceWaker waker;
    /** Where the next look goes on: two hundred that run for hours hide nobody behind them. */
    private ServiceRef after = FIRST;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("wake-sweep").daemon().factory());

    WakeSweep(Tenancy tenancy, DataSource source, WorkflowClient client) {
        this.tenancy = tenancy;
        this.operations = new Operations(source);
        this.client = client;
        this.waker = new ServiceWaker(client);
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
            List<ServiceRef> page =
                    tenancy.asPlatform("wake sweep", () -> operations.waiting(UNTOUCHED, after, AT_ONCE));
            // A window may be short; what is due comes before everything that only may have been forgotten.
            Set<ServiceRef> worthALook =
                    new LinkedHashSet<>(tenancy.asPlatform("wake sweep", () -> operations.due(AT_ONCE)));
            worthALook.addAll(page);
            worthALook.forEach(this::wake);
            after = page.size() < AT_ONCE ? FIRST : page.getLast();
        } catch (RuntimeException e) {
            LOG.warn("The wake sweep could not look: {}", e.getMessage());
        }
    }

    private void wake(ServiceRef service) {
        try {
            // A run that is open looks again by itself before it ends; a wake-up would only lengthen its history.
            if (!isAtWork(service)) {
                LOG.info("{} has operations that nobody works on: waking it", service.workflowId());
                waker.wake(service);
            }
        } catch (RuntimeException e) {
            LOG.warn("{} could not be woken and is tried again: {}", service.workflowId(), e.getMessage());
        }
    }

    private boolean isAtWork(ServiceRef service) {
        try {
            return client.newUntypedWorkflowStub(service.workflowId())
                            .describe()
                            .getStatus()
                    == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
        } catch (WorkflowNotFoundException never) {
            return false;
        }
    }
}
