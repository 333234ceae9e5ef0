package dev.berth.api.work;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.ServiceRef;
import dev.berth.store.Operation;
import dev.berth.workflows.client.CanaryTeller;
import dev.berth.workflows.client.ServiceWaker;
import dev.berth.workflows.client.WorkflowCanceller;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Wakes the workflow of a service, or asks that of an operation to end, without letting anybody wait for it. Nothing depends on
 * it: where Temporal does not answer, the sweep finds the row a little later.
 */
@Component
class WakeUps {
    private static final Logger LOG = LoggerFactory.getLogger(WakeUps.class);

    /** With Temporal down each takes its second, and more would only pile up. */
    private static final int AT_ONCE = 64;

    /** Between two wake-ups of one service; the first is never held back. */
    private static final Duration GAP = Duration.ofMillis(200);

    private final Gathered<ServiceRef> wakeUps;
    private final WorkflowCanceller canceller;
    private final CanaryTeller teller;
    private final Semaphore underWay = new Semaphore(AT_ONCE);

    WakeUps(WorkflowClient client) {
        ServiceWaker waker = new ServiceWaker(client);
        this.wakeUps = new Gathered<>(GAP, service -> tell(service.workflowId(), () -> waker.wake(service)));
        this.canceller = new WorkflowCanceller(client);
        this.teller = new CanaryTeller(client);
    }

    void send(ServiceRef service) {
        wakeUps.say(service);
    }

    /** Asks the workflow of an operation to end; the sweep repeats it until the operation has ended. */
    void cancel(Operation operation) {
        String id = operation.workflowId();
        tellMeanwhile("cancel", id, () -> canceller.cancel(id));
    }

    /** Tells the workflow of a canary that it is promoted; it finds it in the row as well, a second later. */
    void promote(DeploymentRef deployment) {
        tellMeanwhile("promote", deployment.workflowId(), () -> teller.promote(deployment));
    }

    /** As {@link #promote}, for one that is aborted. */
    void abort(DeploymentRef deployment) {
        tellMeanwhile("abort", deployment.workflowId(), () -> teller.abort(deployment));
    }

    /** Says it when the surrounding transaction was committed, and never where it was rolled back. */
    void afterCommit(Runnable word) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                word.run();
            }
        });
    }

    private void tellMeanwhile(String what, String workflowId, Runnable word) {
        Thread.ofVirtual().name(what + " " + workflowId).start(() -> tell(workflowId, word));
    }

    private void tell(String workflowId, Runnable word) {
        if (!underWay.tryAcquire()) {
            LOG.warn("Left {} to the sweep: too many are being told something", workflowId);
            return;
        }
        try {
            word.run();
        } catch (RuntimeException e) {
            LOG.warn("Left {} to the sweep: {}", workflowId, e.toString());
        } finally {
            underWay.release();
        }
    }
}
