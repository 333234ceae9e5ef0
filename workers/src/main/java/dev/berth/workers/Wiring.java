package dev.berth.workers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.berth.activities.edge.EdgeFeeder;
import dev.berth.activities.edge.EndpointWatcher;
import dev.berth.activities.quota.Recalculation;
import dev.berth.activities.swarm.Engine;
import dev.berth.activities.swarm.SwarmNodes;
import dev.berth.settings.Settings;
import dev.berth.store.Migrations;
import dev.berth.store.Tenancy;
import dev.berth.workflows.BuildWorkflowImpl;
import dev.berth.workflows.DeleteWorkflowImpl;
import dev.berth.workflows.DeployWorkflowImpl;
import dev.berth.workflows.RepairWorkflowImpl;
import dev.berth.workflows.RollbackWorkflowImpl;
import dev.berth.workflows.ScaleWorkflowImpl;
import dev.berth.workflows.ServiceWorkflowImpl;
import dev.berth.workflows.StartWorkflowImpl;
import dev.berth.workflows.StopWorkflowImpl;
import dev.berth.workflows.TaskQueues;
import dev.berth.workflows.client.AddedInterceptors;
import dev.berth.workflows.payload.PayloadKey;
import dev.berth.workflows.payload.Payloads;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.common.interceptors.WorkflowClientInterceptor;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every part of the process, put together once, started in this order and ended in the reverse one. */
final class Wiring {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
    private static final int CORE_ACTIVITIES = 100;
    /** Each is a virtual thread that mostly sleeps; one organisation gets a share of them ({@link Turns}). */
    private static final int WATCHING_ACTIVITIES = 1_000;

    /** Of one kind, of one organisation: half of the default quota's services may be watched in their soaks at once. */
    private static final int TURNS = 50;

    private static final int CONNECTIONS = 20;
    /** Below the supervisor's grace, so that this process ends by itself. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private static final Duration GRACE = Duration.ofSeconds(4);

    private final HikariDataSource source;
    private final WorkflowServiceStubs service;
    private final WorkerFactory factory;
    private final LifeSigns lifeSigns;
    private final EdgeFeeder feeder;
    private final EndpointWatcher watcher;
    private final Recalculation recalculation;
    private final WakeSweep sweep;
    private final CancelSweep cancels;
    private final Reconciler reconciler;
    private final HealthAnswer health;

    private Wiring(
            HikariDataSource source,
            WorkflowServiceStubs service,
            WorkerFactory factory,
            LifeSigns lifeSigns,
            EdgeFeeder feeder,
            EndpointWatcher watcher,
            Recalculation recalculation,
            WakeSweep sweep,
            CancelSweep cancels,
            Reconciler reconciler,
            HealthAnswer health) {
        this.source = source;
        this.service = service;
        this.factory = factory;
        this.lifeSigns = lifeSigns;
        this.feeder = feeder;
        this.watcher = watcher;
        this.recalculation = recalculation;
        this.sweep = sweep;
        this.cancels = cancels;
        this.reconciler = reconciler;
        this.health = health;
    }

    static Wiring of(Settings settings) throws IOException {
        HikariDataSource source = pool(settings.databaseUrl());
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(settings.temporalAddress())
                .build());
        WorkflowClient client = WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(settings.temporalNamespace())
                        .setDataConverter(Payloads.sealed(
                                PayloadKey.of(settings.payloadKey()),
                                settings.formerPayloadKeys().stream()
                                        .map(PayloadKey::of)
                                        .toList()))
                        .setInterceptors(AddedInterceptors.ofClients().toArray(WorkflowClientInterceptor[]::new))
                        .build());
        LifeSigns lifeSigns = new LifeSigns();
        Engine engine = Engine.at(settings.dockerHost());
        WorkerFactory factory = WorkerFactory.newInstance(
                client,
                WorkerFactoryOptions.newBuilder()
                        .setUsingVirtualWorkflowThreads(true)
                        .setWorkerInterceptors(interceptors(source, lifeSigns).toArray(WorkerInterceptor[]::new))
                        .build());
        Adapters adapters = new Adapters(settings, source, engine);
        register(factory, adapters, new QueueSteps(source, client));
        return new Wiring(
                source,
                service,
                factory,
                lifeSigns,
                new EdgeFeeder(
                        source, settings.edgeDirectory(), settings.appsDomain(), EdgeKey.of(settings.payloadKey())),
                new EndpointWatcher(source, engine, settings.instance()),
                new Recalculation(source, () -> SwarmNodes.of(engine)),
                new WakeSweep(new Tenancy(source), source, client),
                new CancelSweep(new Tenancy(source), source, client),
                new Reconciler(source, adapters, client),
                new HealthAnswer(settings.workerHealthPort()));
    }

    /** The last sees a failure last: the journal keeps the words that the first found. */
    private static List<WorkerInterceptor> interceptors(HikariDataSource source, LifeSigns lifeSigns) {
        List<WorkerInterceptor> interceptors =
                new ArrayList<>(List.of(new PlainWords(), new Turns(TURNS), new StepJournal(source)));
        interceptors.addAll(AddedInterceptors.ofWorkers());
        interceptors.add(lifeSigns);
        return interceptors;
    }

    private static void register(WorkerFactory factory, Adapters adapters, QueueSteps queue) {
        Worker core = factory.newWorker(TaskQueues.CORE, options(CORE_ACTIVITIES));
        core.registerWorkflowImplementationTypes(
                ServiceWorkflowImpl.class,
                DeployWorkflowImpl.class,
                BuildWorkflowImpl.class,
                RollbackWorkflowImpl.class,
                StartWorkflowImpl.class,
                StopWorkflowImpl.class,
                ScaleWorkflowImpl.class,
                RepairWorkflowImpl.class,
                DeleteWorkflowImpl.class);
        // Naming a commit and ending a build wait for nobody's processor, so both queues know all of a build's
        // activities.
        core.registerActivitiesImplementations(
                queue, adapters.rollout(), adapters.canary(), adapters.source(), adapters.images());
        Worker watch = factory.newWorker(TaskQueues.WATCH, options(WATCHING_ACTIVITIES));
        watch.registerActivitiesImplementations(queue, adapters.rollout(), adapters.canary());
        Worker build =
                factory.newWorker(TaskQueues.BUILD, options(Runtime.getRuntime().availableProcessors()));
        build.registerActivitiesImplementations(adapters.source(), adapters.nix(), adapters.images());
    }

    private static WorkerOptions options(int activities) {
        return WorkerOptions.newBuilder()
                .setMaxConcurrentActivityExecutionSize(activities)
                .setUsingVirtualThreads(true)
                // A cancel arrives with the answer to a heartbeat: half a second, not most of the heartbeat's timeout.
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(500))
                .setDefaultDeadlockDetectionTimeout(5_000)
                .build();
    }

    private static HikariDataSource pool(String databaseUrl) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(Migrations.dataSourceOfProcess(databaseUrl));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(5_000);
        // Starts also while PostgreSQL is still coming up.
        config.setInitializationFailTimeout(-1);
        config.setPoolName("rows");
        return new HikariDataSource(config);
    }

    void start() throws IOException {
        feeder.start();
        watcher.start();
        recalculation.start();
        awaitTemporal();
        lifeSigns.start();
        factory.start();
        sweep.start();
        cancels.start();
        reconciler.start();
        health.start();
    }

    /** The edge is fed meanwhile: what serves goes on serving, with or without Temporal. */
    private void awaitTemporal() {
        boolean told = false;
        while (true) {
            try {
                service.connect(Duration.ofSeconds(5));
                return;
            } catch (RuntimeException away) {
                if (!told) {
                    LOG.warn("Temporal does not answer yet: {}", away.getMessage());
                    told = true;
                }
            }
        }
    }

    /** What is running is handed back: another process, or the next start of this one, takes it up. */
    void close() {
        quietly("health answer", health::close);
        quietly("cancel sweep", cancels::close);
        quietly("reconciler", reconciler::close);
        quietly("wake sweep", sweep::close);
        quietly("Temporal workers", () -> {
            // Short steps come to their end; long ones hear of it with their next heartbeat and go elsewhere.
            factory.shutdown();
            factory.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS);
            factory.shutdownNow();
            factory.awaitTermination(FAREWELL.toSeconds(), TimeUnit.SECONDS);
        });
        quietly("life signs", lifeSigns::close);
        quietly("recalculation", recalculation::close);
        quietly("endpoint watcher", watcher::close);
        quietly("edge feeder", feeder::close);
        quietly("connection to Temporal", () -> {
            service.shutdownNow();
            service.awaitTermination(2, TimeUnit.SECONDS);
        });
        quietly("connections to PostgreSQL", source::close);
    }

    private static void quietly(String what, Closing closing) {
        try {
            closing.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("The {} did not end well", what, e);
        }
    }

    private interface Closing {
        void close() throws InterruptedException;
    }
}
