package dev.berth.workflows;

import static java.util.Objects.requireNonNull;

import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.plan.BuildPlan;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A fake of the outside world, with rows, Swarm, edge and registry in one: it remembers what was done to it. */
final class World
        implements QueueActivities,
                RolloutActivities,
                CanaryActivities,
                SourceActivities,
                NixActivities,
                ImageActivities {
    static final ImageDigest IMAGE = new ImageDigest("sha256:" + "ab".repeat(32));
    static final Duration SOAK = Duration.ofSeconds(30);
    static final Duration DRAIN = Duration.ofSeconds(5);

    /** May grow while somebody looks at it: a soak goes on after its operation. */
    final List<String> effects = new CopyOnWriteArrayList<>();

    final Deque<Claim> pending = new ArrayDeque<>();
    /** Held and given back. */
    final Deque<Claim> atGates = new ArrayDeque<>();

    final Map<UUID, OperationState> ends = new ConcurrentHashMap<>();
    final Map<UUID, Failure> failures = new ConcurrentHashMap<>();
    final Map<UUID, DeploymentState> states = new ConcurrentHashMap<>();
    final List<UUID> proven = Collections.synchronizedList(new ArrayList<>());
    final Map<UUID, BuildState> builds = new ConcurrentHashMap<>();
    volatile Optional<UUID> serving = Optional.empty();
    volatile Optional<ImageDigest> earlierImage = Optional.empty();
    volatile Duration soak = SOAK;
    volatile boolean stopped;
    volatile boolean releases;
    volatile boolean warm;
    volatile boolean canary;
    volatile boolean held;
    volatile boolean recreate;
    volatile Duration hold = Duration.ofHours(1);
    volatile Optional<UUID> sharing = Optional.empty();
    volatile int replicas = 1;
    volatile Optional<DeploymentRef> kept = Optional.empty();

    private final Map<String, Runnable> behaviours = new ConcurrentHashMap<>();
    private Optional<Claim> claimed = Optional.empty();
    private Optional<String> soaking = Optional.empty();
    /** How to wait for a workflow, which only the stage knows. */
    Consumer<String> workflowAwaiter = workflowId -> {};

    /** What {@code activity} does before its effect, each time it runs; what it throws is what the activity throws. */
    World when(String activity, Runnable behaviour) {
        behaviours.put(activity, behaviour);
        return this;
    }

    World fails(String activity, FailureCode code) {
        return when(activity, () -> {
            Failure failure = Failure.of(code, activity + " failed", "mend it");
            throw ApplicationFailure.newNonRetryableFailure(failure.sentence(), code.name(), failure);
        });
    }

    /** Lets {@code activity} fail by a fault of the platform's own as often as said, and then do what it does. */
    World faults(String activity, int times) {
        AtomicInteger left = new AtomicInteger(times);
        return when(activity, () -> {
            if (left.getAndDecrement() > 0) {
                throw ApplicationFailure.newNonRetryableFailure("a fault in " + activity, "Fault");
            }
        });
    }

    /** Lets {@code activity} stay until it is released or, since it heartbeats, cancelled. */
    Hold holds(String activity) {
        Hold hold = new Hold(new CountDownLatch(1), new CountDownLatch(1));
        when(activity, () -> hold.stay(() -> Activity.getExecutionContext().heartbeat("held")));
        return hold;
    }

    /** Lets {@code activity} stay until it is released; it never hears that it was cancelled. */
    Hold holdsDeaf(String activity) {
        Hold hold = new Hold(new CountDownLatch(1), new CountDownLatch(1));
        when(activity, () -> hold.stay(() -> {}));
        return hold;
    }

    record Hold(CountDownLatch entered, CountDownLatch released) {
        void awaitEntry() {
            try {
                if (!entered.await(Stage.SOON.toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError("The activity was never entered");
                }
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }

        void release() {
            released.countDown();
        }

        private void stay(Runnable eachTurn) {
            entered.countDown();
            try {
                while (!released.await(20, TimeUnit.MILLISECONDS)) {
                    eachTurn.run();
                }
            } catch (InterruptedException interrupted) {
                throw new ActivityInterrupted(interrupted);
            }
        }
    }

    private static final class ActivityInterrupted extends RuntimeException {
        ActivityInterrupted(InterruptedException cause) {
            super(cause);
        }
    }

    private void does(String activity) {
        Optional.ofNullable(behaviours.get(activity)).ifPresent(Runnable::run);
        effects.add(activity);
    }

    // queue

    @Override
    public synchronized Optional<Claim> claimNext(ServiceRef service) {
        does("claimNext");
        if (claimed.isEmpty()) {
            claimed = Optional.ofNullable(pending.poll()).map(this::withSoaking);
        }
        return claimed;
    }

    private Claim withSoaking(Claim claim) {
        return new Claim(claim.operation(), claim.kind(), claim.deployment(), claim.build(), soaking, claim.scale());
    }

    synchronized void enqueue(Claim claim) {
        pending.add(claim);
    }

    @Override
    public synchronized void finishOperation(OperationRef operation, OperationState end, Optional<Failure> failure) {
        does("finishOperation");
        if (ends.putIfAbsent(operation.operationId(), end) == null) {
            failure.ifPresent(reason -> failures.put(operation.operationId(), reason));
            claimed.filter(claim -> claim.operation().equals(operation)).ifPresent(claim -> {
                claimed = Optional.empty();
                if (end == OperationState.SUCCEEDED) {
                    soaking = claim.kind() == dev.berth.domain.OperationKind.REPAIR
                            ? Optional.of("repair/" + operation.operationId())
                            : claim.deployment().map(DeploymentRef::workflowId);
                }
            });
        }
    }

    @Override
    public synchronized void giveBack(OperationRef operation, DeploymentRef deployment) {
        does("giveBack");
        states.put(deployment.deploymentId(), DeploymentState.PENDING);
        claimed.filter(claim -> claim.operation().equals(operation)).ifPresent(claim -> {
            claimed = Optional.empty();
            atGates.add(claim);
        });
    }

    /** What is held may go on; each has its image by now. */
    synchronized void openGates() {
        held = false;
        for (Claim claim : atGates) {
            pending.add(new Claim(
                    claim.operation(),
                    claim.kind(),
                    claim.deployment(),
                    Optional.empty(),
                    claim.soaking(),
                    claim.scale()));
        }
        atGates.clear();
    }

    @Override
    public void awaitWorkflow(ServiceRef service, String workflowId) {
        does("awaitWorkflow");
        workflowAwaiter.accept(workflowId);
    }

    @Override
    public BuildWorkflow.Outcome awaitBuild(BuildRef build) {
        does("awaitBuild");
        return new BuildWorkflow.Outcome(BuildState.SUCCEEDED, Optional.of(IMAGE), Optional.empty());
    }

    // rollout

    @Override
    public void beginBuilding(DeploymentRef deployment) {
        does("beginBuilding");
        states.put(deployment.deploymentId(), DeploymentState.BUILDING);
    }

    @Override
    public void adoptImage(DeploymentRef deployment, ImageDigest image) {
        does("adoptImage");
    }

    @Override
    public Admission admit(DeploymentRef deployment) {
        does("admit");
        return new Admission(
                Duration.ofMinutes(2),
                soak,
                DRAIN,
                serving.filter(id -> !id.equals(deployment.deploymentId()))
                        .map(id -> ofService(deployment.service(), id)),
                stopped,
                releases,
                canary,
                held,
                recreate);
    }

    @Override
    public void runRelease(DeploymentRef deployment) {
        does("runRelease");
    }

    @Override
    public void createRevision(DeploymentRef deployment) {
        does("createRevision");
        states.put(deployment.deploymentId(), DeploymentState.DEPLOYING);
    }

    @Override
    public boolean reviveRevision(DeploymentRef deployment) {
        does("reviveRevision");
        return warm;
    }

    @Override
    public boolean routeIfWarm(DeploymentRef deployment) {
        does("routeIfWarm");
        if (warm) {
            serving = Optional.of(deployment.deploymentId());
            states.put(deployment.deploymentId(), DeploymentState.RUNNING);
        }
        return warm;
    }

    @Override
    public void awaitHealthy(DeploymentRef deployment, Duration deadline) {
        does("awaitHealthy");
    }

    @Override
    public void routeTraffic(DeploymentRef deployment) {
        serving = Optional.of(deployment.deploymentId());
        sharing = Optional.empty();
        does("routeTraffic");
        states.put(deployment.deploymentId(), DeploymentState.RUNNING);
    }

    @Override
    public void watchSoak(DeploymentRef deployment, Duration soakTime) {
        does("watchSoak");
    }

    @Override
    public void prove(DeploymentRef deployment) {
        does("prove");
        proven.add(deployment.deploymentId());
    }

    @Override
    public void retirePredecessors(ServiceRef service) {
        does("retirePredecessors");
    }

    @Override
    public void routeBack(DeploymentRef deployment, @Nullable DeploymentRef before) {
        does("routeBack");
        if (serving.equals(Optional.of(deployment.deploymentId()))) {
            serving = Optional.ofNullable(before)
                    .map(DeploymentRef::deploymentId)
                    .filter(id -> states.get(id) == DeploymentState.RUNNING)
                    .or(() -> proven.stream()
                            .filter(id -> !id.equals(deployment.deploymentId()))
                            .reduce((first, second) -> second));
        }
    }

    private static DeploymentRef ofService(ServiceRef service, UUID id) {
        return new DeploymentRef(service.organizationId(), service.serviceId(), id);
    }

    @Override
    public DeploymentState withdraw(DeploymentRef deployment, DeploymentState end, Failure failure) {
        does("withdraw");
        UUID id = deployment.deploymentId();
        if (serving.equals(Optional.of(id))) {
            return DeploymentState.RUNNING;
        }
        if (sharing.equals(Optional.of(id))) {
            sharing = Optional.empty();
        }
        failures.put(id, failure);
        return requireNonNull(states.merge(
                id, end, (was, wanted) -> was == DeploymentState.RUNNING ? DeploymentState.ROLLED_BACK : wanted));
    }

    @Override
    public void keepForStart(DeploymentRef deployment) {
        does("keepForStart");
        states.put(deployment.deploymentId(), DeploymentState.RETIRED);
        kept = Optional.of(deployment);
    }

    @Override
    public Optional<DeploymentRef> chooseForStart(ServiceRef service) {
        does("chooseForStart");
        return serving.isPresent()
                ? serving.filter(id -> states.get(id) != DeploymentState.RUNNING)
                        .map(id -> ofService(service, id))
                : kept;
    }

    @Override
    public Duration showStopped(ServiceRef service) {
        does("showStopped");
        serving.ifPresent(id -> {
            kept = Optional.of(ofService(service, id));
            states.put(id, DeploymentState.RETIRED);
        });
        serving = Optional.empty();
        stopped = true;
        return DRAIN;
    }

    @Override
    public void stopRevisions(ServiceRef service) {
        does("stopRevisions");
    }

    @Override
    public Optional<Scaled> resize(ServiceRef service, int wanted) {
        does("resize");
        replicas = wanted;
        return serving.map(id -> new Scaled(ofService(service, id), Duration.ofMinutes(2)));
    }

    @Override
    public void releaseRevision(DeploymentRef deployment) {
        does("releaseRevision");
    }

    @Override
    public boolean hasTraffic(DeploymentRef deployment) {
        does("hasTraffic");
        return serving.equals(Optional.of(deployment.deploymentId()));
    }

    @Override
    public void removeRoute(ServiceRef service) {
        does("removeRoute");
        serving = Optional.empty();
    }

    @Override
    public void removeRevisions(ServiceRef service) {
        does("removeRevisions");
    }

    @Override
    public void removeImages(ServiceRef service) {
        does("removeImages");
    }

    @Override
    public void forgetService(ServiceRef service) {
        does("forgetService");
    }

    // canary

    @Override
    public Optional<Duration> beginCanary(DeploymentRef deployment) {
        does("beginCanary");
        if (serving.isEmpty()) {
            return Optional.empty();
        }
        sharing = Optional.of(deployment.deploymentId());
        return Optional.of(hold);
    }

    @Override
    public void watchCanary(DeploymentRef deployment) {
        does("watchCanary");
    }

    @Override
    public void settleCanary(DeploymentRef deployment) {
        does("settleCanary");
    }

    // build

    @Override
    public Resolution resolveCommit(BuildRef build, BuildWorkflow.Reuse reuse) {
        does("resolveCommit");
        return new Resolution(
                "c0ffee".repeat(6) + "c0ff",
                reuse == BuildWorkflow.Reuse.EARLIER_BUILD ? earlierImage : Optional.empty());
    }

    @Override
    public void fetchSource(BuildRef build, String commitSha) {
        does("fetchSource");
    }

    @Override
    public BuildPlan planBuild(BuildRef build) {
        does("planBuild");
        return new BuildPlan(
                BuildPlan.Kind.NODE_WITHOUT_DEPENDENCIES,
                ".",
                Optional.empty(),
                Optional.of("node server.js"),
                Optional.empty(),
                "server.js is there");
    }

    @Override
    public void discardWorkspace(BuildRef build) {
        does("discardWorkspace");
    }

    @Override
    public void prefetchDependencies(BuildRef build, BuildPlan plan) {
        does("prefetchDependencies");
    }

    @Override
    public Derivation evaluateExpression(BuildRef build, BuildPlan plan) {
        does("evaluateExpression");
        return new Derivation("/nix/store/" + "0".repeat(32) + "-app.drv");
    }

    @Override
    public StoreOutput realiseDerivation(BuildRef build, Derivation derivation) {
        does("realiseDerivation");
        return new StoreOutput("/nix/store/" + "1".repeat(32) + "-app");
    }

    @Override
    public PushedImage pushImage(BuildRef build, StoreOutput output) {
        does("pushImage");
        return new PushedImage(IMAGE, 1_000, 1, 5);
    }

    @Override
    public void finishBuild(BuildRef build, ImageDigest image) {
        does("finishBuild");
        builds.put(build.buildId(), BuildState.SUCCEEDED);
    }

    @Override
    public void abandonBuild(BuildRef build, BuildState end, Failure failure) {
        does("abandonBuild");
        builds.put(build.buildId(), end);
        failures.put(build.buildId(), failure);
    }
}
