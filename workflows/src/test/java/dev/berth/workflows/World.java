package dev.berth.workflows;

import static java.util.Objects.requireNonNull;

import dev.berth.domain.BuildRef;
import dev.berth.domain.BuildState;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.OperationRef;
import dev.berth.domain.OperationState;
import dev.berth.domain.ServiceRef;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A fake of the outside world, with rows, Swarm, edge and registry in one: it remembers what was done to it. */
final class World extends BuildWorld
        implements QueueActivities,
                RolloutActivities,
                CanaryActivities,
                SourceActivities,
                NixActivities,
                ImageActivities {
    static final Duration SOAK = Duration.ofSeconds(30);
    static final Duration DRAIN = Duration.ofSeconds(5);

    final Deque<Claim> pending = new ArrayDeque<>();
    /** Held and given back. */
    final Deque<Claim> atGates = new ArrayDeque<>();

    final Map<UUID, OperationState> ends = new ConcurrentHashMap<>();
    final Map<UUID, DeploymentState> states = new ConcurrentHashMap<>();
    final List<UUID> proven = Collections.synchronizedList(new ArrayList<>());
    volatile Optional<UUID> serving = Optional.empty();
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

    private Optional<Claim> claimed = Optional.empty();
    private Optional<String> soaking = Optional.empty();
    /** How to wait for a workflow, which only the stage knows. */
    Consumer<String> workflowAwaiter = workflowId -> {};

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
}
