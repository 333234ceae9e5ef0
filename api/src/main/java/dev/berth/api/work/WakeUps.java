package dev.berth.api.work;

import dev.berth.domain.ServiceRef;
import dev.berth.workflows.client.ServiceWaker;
import io.temporal.client.WorkflowClient;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Wakes the workflow of a service without letting anybody wait for it. Nothing depends on it: where Temporal does not answer,
 * the sweep finds the row a little later.
 */
@Component
class WakeUps {
    private static final Logger LOG = LoggerFactory.getLogger(WakeUps.class);

    /** With Temporal down each takes its second, and more would only pile up. */
    private static final int AT_ONCE = 64;

    private final ServiceWaker waker;
    private final Semaphore underWay = new Semaphore(AT_ONCE);

    WakeUps(WorkflowClient client) {
        this.waker = new ServiceWaker(client);
    }

    void send(ServiceRef service) {
        if (!underWay.tryAcquire()) {
            LOG.warn("Left waking {} to the sweep: too many wake-ups are under way", service.workflowId());
            return;
        }
        Thread.ofVirtual().name("wake " + service.serviceId()).start(() -> {
            try {
                waker.wake(service);
            } catch (RuntimeException e) {
                LOG.warn("Left waking {} to the sweep: {}", service.workflowId(), e.toString());
            } finally {
                underWay.release();
            }
        });
    }
}
