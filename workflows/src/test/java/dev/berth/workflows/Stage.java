package dev.berth.workflows;

import dev.berth.domain.BuildRef;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.OperationKind;
import dev.berth.domain.OperationRef;
import dev.berth.domain.ServiceRef;
import dev.berth.workflows.QueueActivities.Claim;
import dev.berth.workflows.client.ServiceWaker;
import dev.berth.workflows.payload.Payloads;
import io.grpc.StatusRuntimeException;
import io.temporal.activity.Activity;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** One service on a Temporal server that skips idle time, with workers that carry all workflows out in a {@link World}. */
final class Stage implements AutoCloseable {
    /** Version in the names of recorded histories: that of the release whose code wrote them. */
    private static final String VERSION = "0.1.0";

    /** By when a test gives up waiting for what should be done in a moment: a busy machine takes its time. */
    static final Duration SOON = Duration.ofSeconds(90);

    private final TestWorkflowEnvironment temporal;
    private final boolean shared;
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private final World world;
    final ServiceRef service = new ServiceRef(UUID.randomUUID(), UUID.randomUUID());

    Stage(World world) {
        this(
                world,
                TestEnvironmentOptions.newBuilder()
                        .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                                .setDataConverter(Payloads.plain())
                                .setIdentity("stage")
                                .build())
                        .build());
        employWorkers();
    }

    /** On another server, and without workers yet. */
    Stage(World world, TestEnvironmentOptions options) {
        this.world = world;
        this.temporal = TestWorkflowEnvironment.newInstance(options);
        this.shared = options.isUseExternalService();
        world.workflowAwaiter = this::awaitClosed;
    }

    /** Starts the workers. */
    void employWorkers() {
        employ(temporal.getWorkerFactory(), world);
        temporal.start();
    }

    static void employ(WorkerFactory factory, World world) {
        Worker core = factory.newWorker(TaskQueues.CORE, workerOptions());
        registerWorkflows(core);
        core.registerActivitiesImplementations(world);
        factory.newWorker(TaskQueues.WATCH, workerOptions()).registerActivitiesImplementations(world);
        factory.newWorker(TaskQueues.BUILD, workerOptions()).registerActivitiesImplementations(world);
    }

    static void registerWorkflows(Worker worker) {
        worker.registerWorkflowImplementationTypes(
                ServiceWorkflowImpl.class,
                BuildWorkflowImpl.class,
                DeployWorkflowImpl.class,
                RollbackWorkflowImpl.class,
                StartWorkflowImpl.class,
                StopWorkflowImpl.class,
                ScaleWorkflowImpl.class,
                RepairWorkflowImpl.class,
                DeleteWorkflowImpl.class);
    }

    private static WorkerOptions workerOptions() {
        return WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(50))
                .setDefaultHeartbeatThrottleInterval(Duration.ofMillis(50))
                // The test server never gives a sticky task to another worker.
                .setStickyQueueScheduleToStartTimeout(Duration.ZERO)
                .setDefaultDeadlockDetectionTimeout(20_000)
                .build();
    }

    /** Ends the workers as a stop of their process would, and lets new ones take over. */
    void replaceWorkers() {
        temporal.getWorkerFactory().shutdownNow();
        temporal.getWorkerFactory().awaitTermination(20, TimeUnit.SECONDS);
        WorkerFactory successor = WorkerFactory.newInstance(client());
        employ(successor, world);
        successor.start();
        successors = Optional.of(successor);
    }

    private Optional<WorkerFactory> successors = Optional.empty();

    WorkflowClient client() {
        return temporal.getWorkflowClient();
    }

    /** The server's clock, milliseconds since 1970: where idle time is skipped, ahead of the machine's. */
    long now() {
        return temporal.currentTimeMillis();
    }

    DeploymentRef newDeployment() {
        return new DeploymentRef(service.organizationId(), service.serviceId(), UUID.randomUUID());
    }

    BuildRef newBuild() {
        return new BuildRef(service.organizationId(), service.serviceId(), UUID.randomUUID());
    }

    OperationRef newOperation() {
        return new OperationRef(service.organizationId(), service.serviceId(), UUID.randomUUID());
    }

    /** A deployment that serves and was proven by an earlier operation. */
    DeploymentRef provenDeployment() {
        DeploymentRef deployment = newDeployment();
        world.routeTraffic(deployment);
        world.prove(deployment);
        world.effects.clear();
        return deployment;
    }

    Claim queue(OperationKind kind) {
        Claim claim = new Claim(
                newOperation(),
                kind,
                kind.makesDeployment() || kind == OperationKind.ROLLBACK
                        ? Optional.of(newDeployment())
                        : Optional.empty(),
                kind == OperationKind.DEPLOY || kind == OperationKind.REBUILD
                        ? Optional.of(newBuild())
                        : Optional.empty(),
                Optional.empty(),
                kind == OperationKind.SCALE ? new QueueActivities.Scale(3, 1) : null);
        world.enqueue(claim);
        return claim;
    }

    void wake() {
        new ServiceWaker(client()).wake(service);
    }

    DeployWorkflow.Request deployRequest() {
        return new DeployWorkflow.Request(
                newOperation(),
                newDeployment(),
                Optional.of(newBuild()),
                BuildWorkflow.Reuse.EARLIER_BUILD,
                Optional.empty());
    }

    <T> T stub(Class<T> workflow, String id) {
        begun.add(id);
        return client().newWorkflowStub(
                        workflow,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(id)
                                .setTaskQueue(TaskQueues.CORE)
                                .build());
    }

    WorkflowStub workflow(String id) {
        return client().newUntypedWorkflowStub(id);
    }

    /** Waits without letting idle time be skipped, as an activity must. */
    private void awaitClosed(String workflowId) {
        while (true) {
            try {
                workflow(workflowId).getResult(100, TimeUnit.MILLISECONDS, Void.class);
                return;
            } catch (TimeoutException stillOpen) {
                Activity.getExecutionContext().heartbeat("waiting");
            } catch (WorkflowFailedException | WorkflowNotFoundException closed) {
                return;
            }
        }
    }

    void awaitEffect(String effect) {
        Awaitility.await().atMost(SOON).until(() -> world.effects.contains(effect));
    }

    void awaitEnd(OperationRef operation) {
        Awaitility.await().atMost(SOON).until(() -> world.ends.containsKey(operation.operationId()));
    }

    void awaitEvent(String workflowId, EventType type) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> client().fetchHistory(workflowId).getEvents().stream()
                        .anyMatch(event -> event.getEventType() == type));
    }

    void awaitIdle() {
        workflow(service.workflowId()).getResult(Void.class);
    }

    /**
     * Where the system property {@code berth.histories} names a folder, the workflow's history is kept there for the replay
     * test. A file that is there is never written again: it says what a released version did.
     */
    void keepHistory(String workflow, String scenario, String workflowId) {
        String folder = System.getProperty("berth.histories", "");
        if (folder.isEmpty()) {
            return;
        }
        Path file = Path.of(folder, workflow, VERSION + "-" + scenario + ".json");
        if (Files.exists(file)) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, client().fetchHistory(workflowId).toJson(true) + "\n", StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * On a server that others use after this: what is still open would be gone on with by the workers of the next stage, in a world
     * that knows nothing of it.
     */
    private void endRuns() {
        Set<String> runs = new HashSet<>(begun);
        runs.add(service.workflowId());
        List.copyOf(runs).forEach(run -> runs.addAll(endRun(run)));
        runs.forEach(this::endRun);
    }

    /** @return the workflows that it had started */
    private List<String> endRun(String workflowId) {
        try {
            workflow(workflowId).terminate("The test is over");
        } catch (WorkflowNotFoundException ended) {
            // By itself.
        }
        try {
            return client().fetchHistory(workflowId).getEvents().stream()
                    .filter(HistoryEvent::hasChildWorkflowExecutionStartedEventAttributes)
                    .map(event -> event.getChildWorkflowExecutionStartedEventAttributes()
                            .getWorkflowExecution()
                            .getWorkflowId())
                    .toList();
        } catch (StatusRuntimeException neverBegun) {
            return List.of();
        }
    }

    @Override
    public void close() {
        if (shared) {
            endRuns();
        }
        successors.ifPresent(WorkerFactory::shutdownNow);
        temporal.close();
    }
}
