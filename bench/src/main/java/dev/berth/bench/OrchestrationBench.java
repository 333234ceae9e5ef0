package dev.berth.bench;

import dev.berth.domain.BuildRef;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.OperationRef;
import dev.berth.workflows.BuildWorkflow;
import dev.berth.workflows.DeployWorkflow;
import dev.berth.workflows.TaskQueues;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What Berth's way of orchestrating costs: deployments per second with their builds, where every effect is faked out, beside a
 * bare workflow of the SDK that runs as many activities, one after the other. Both on the stack's Temporal server, in a namespace
 * of their own, in batches that take turns. And how many events one deployment leaves, which is what its replay has to read.
 */
final class OrchestrationBench {
    private static final int BATCHES = 3;
    private static final int BATCH = 24;
    private static final int AT_ONCE = 8;
    private static final double LEAST_RATIO = 0.5;
    private static final int MOST_EVENTS = 200;

    private final WorkflowClient client;
    private final int activities;

    private OrchestrationBench(WorkflowClient client, int activities) {
        this.client = client;
        this.activities = activities;
    }

    static boolean run(Stack stack) throws Exception {
        try (BenchTemporal temporal = BenchTemporal.start(System.getenv())) {
            DeployWorkflow.Request first = request();
            deploy(temporal.client(), first);
            List<String> ids = List.of(
                    first.deployment().workflowId(), first.build().orElseThrow().workflowId());
            int activities = 0;
            boolean kept = true;
            System.out.println();
            for (String id : ids) {
                int events = temporal.count(id, Optional.empty());
                activities += temporal.count(id, Optional.of(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED));
                System.out.printf("events of %s/…   %d%n", id.substring(0, id.indexOf('/')), events);
                kept &= events < MOST_EVENTS;
            }
            System.out.printf("limit %d   %s%n%n", MOST_EVENTS, kept ? "kept" : "MISSED");
            return new OrchestrationBench(temporal.client(), activities).rates() && kept;
        }
    }

    private boolean rates() throws Exception {
        List<Double> berth = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        for (int batch = 0; batch <= BATCHES; batch++) {
            double ours = perSecond(() -> deploy(client, request()));
            double theirs = perSecond(this::runBare);
            // The first of each warms up.
            if (batch > 0) {
                berth.add(ours);
                bare.add(theirs);
            }
        }
        print("deployments with their builds, effects faked out", berth);
        print("bare workflows with as many activities (" + activities + ")", bare);
        double ratio = median(berth) / median(bare);
        boolean kept = ratio >= LEAST_RATIO;
        System.out.printf(
                Locale.ROOT, "%nBerth / bare   %.2f   limit %.2f   %s%n", ratio, LEAST_RATIO, kept ? "kept" : "MISSED");
        return kept;
    }

    private static double perSecond(Runnable one) throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                all.add(pool.submit(one));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        return BATCH / ((System.nanoTime() - begin) / 1e9);
    }

    private static void deploy(WorkflowClient client, DeployWorkflow.Request request) {
        DeployWorkflow.Outcome outcome = client.newWorkflowStub(
                        DeployWorkflow.class, options(request.deployment().workflowId(), TaskQueues.CORE))
                .deploy(request);
        if (outcome.state() != DeploymentState.RUNNING) {
            throw new IllegalStateException("A deployment without effects ended as " + outcome);
        }
    }

    private void runBare() {
        WorkflowStub stub =
                client.newUntypedWorkflowStub("BareWorkflow", options("bare/" + UUID.randomUUID(), BareWorkflow.QUEUE));
        stub.start(activities);
        stub.getResult(Integer.class);
    }

    private static WorkflowOptions options(String id, String queue) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(queue)
                .build();
    }

    private static DeployWorkflow.Request request() {
        UUID organization = UUID.randomUUID();
        UUID service = UUID.randomUUID();
        return new DeployWorkflow.Request(
                new OperationRef(organization, service, UUID.randomUUID()),
                new DeploymentRef(organization, service, UUID.randomUUID()),
                Optional.of(new BuildRef(organization, service, UUID.randomUUID())),
                BuildWorkflow.Reuse.EARLIER_BUILD,
                Optional.empty());
    }

    private static void print(String what, List<Double> rates) {
        List<Double> sorted = rates.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "%-58s %6.2f / s   (%.2f to %.2f, %d batches of %d)%n",
                what,
                median(rates),
                sorted.getFirst(),
                sorted.getLast(),
                rates.size(),
                BATCH);
    }

    private static double median(List<Double> rates) {
        List<Double> sorted = rates.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
