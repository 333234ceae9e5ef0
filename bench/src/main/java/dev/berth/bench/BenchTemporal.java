package dev.berth.bench;

import com.google.protobuf.Duration;
import dev.berth.workflows.BuildWorkflowImpl;
import dev.berth.workflows.DeployWorkflowImpl;
import dev.berth.workflows.TaskQueues;
import dev.berth.workflows.payload.PayloadKey;
import dev.berth.workflows.payload.Payloads;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.operatorservice.v1.DeleteNamespaceRequest;
import io.temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A namespace on the stack's Temporal server with Temporal workers of this process in it: Berth's own workflows, sealed like in
 * production, with activities that do nothing, and the bare one. The namespace goes again at the end.
 */
final class BenchTemporal implements AutoCloseable {
    private static final long KNOWN_WITHIN_SECONDS = 60;

    private final String target;
    private final String namespace = "bench-" + Long.toString(System.nanoTime(), 36);
    private final WorkflowServiceStubs stubs;
    private final WorkflowClient client;
    private final WorkerFactory workers;

    private BenchTemporal(String target) throws InterruptedException {
        this.target = target;
        this.stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(target).build());
        stubs.blockingStub()
                .registerNamespace(RegisterNamespaceRequest.newBuilder()
                        .setNamespace(namespace)
                        .setWorkflowExecutionRetentionPeriod(
                                Duration.newBuilder().setSeconds(TimeUnit.DAYS.toSeconds(1)))
                        .build());
        awaitKnown();
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        this.client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(namespace)
                        .setDataConverter(Payloads.sealed(PayloadKey.of(key)))
                        .build());
        this.workers = WorkerFactory.newInstance(client);
    }

    static BenchTemporal start(Map<String, String> environment) throws InterruptedException {
        BenchTemporal temporal = new BenchTemporal(environment.get("BERTH_BENCH_TEMPORAL"));
        Object activities = CannedActivities.make();
        Worker core = temporal.workers.newWorker(TaskQueues.CORE);
        core.registerWorkflowImplementationTypes(DeployWorkflowImpl.class, BuildWorkflowImpl.class);
        core.registerActivitiesImplementations(activities);
        temporal.workers.newWorker(TaskQueues.WATCH).registerActivitiesImplementations(activities);
        temporal.workers.newWorker(TaskQueues.BUILD).registerActivitiesImplementations(activities);
        Worker bare = temporal.workers.newWorker(BareWorkflow.QUEUE);
        bare.registerWorkflowImplementationTypes(BareWorkflow.Impl.class);
        bare.registerActivitiesImplementations(new BareWorkflow.Counting());
        temporal.workers.start();
        return temporal;
    }

    /** A new namespace is known to all of the server a little later. */
    private void awaitKnown() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(KNOWN_WITHIN_SECONDS);
        while (true) {
            try {
                stubs.blockingStub()
                        .countWorkflowExecutions(CountWorkflowExecutionsRequest.newBuilder()
                                .setNamespace(namespace)
                                .build());
                return;
            } catch (StatusRuntimeException unknown) {
                if (System.nanoTime() > deadline) {
                    throw unknown;
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    WorkflowClient client() {
        return client;
    }

    /** @param type all where empty */
    int count(String workflowId, Optional<EventType> type) {
        return (int) client.fetchHistory(workflowId).getEvents().stream()
                .map(HistoryEvent::getEventType)
                .filter(seen -> type.map(seen::equals).orElse(true))
                .count();
    }

    @Override
    public void close() {
        workers.shutdownNow();
        workers.awaitTermination(10, TimeUnit.SECONDS);
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(
                OperatorServiceStubsOptions.newBuilder().setTarget(target).validateAndBuildWithDefaults());
        operator.blockingStub()
                .deleteNamespace(DeleteNamespaceRequest.newBuilder()
                        .setNamespace(namespace)
                        .build());
        operator.shutdownNow();
        stubs.shutdownNow();
    }
}
