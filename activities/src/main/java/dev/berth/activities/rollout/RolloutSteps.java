package dev.berth.activities.rollout;

import static dev.berth.domain.DeploymentState.BUILDING;
import static dev.berth.domain.DeploymentState.DEPLOYING;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.Pulse;
import dev.berth.activities.edge.EdgeCounts;
import dev.berth.activities.edge.EdgeProbe;
import dev.berth.activities.rollout.Rows.Subject;
import dev.berth.activities.swarm.Engine;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.domain.TrafficPolicy.Strategy;
import dev.berth.store.Build;
import dev.berth.store.Deployment;
import dev.berth.workflows.CanaryActivities;
import dev.berth.workflows.RolloutActivities;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The steps of a roll-out, each handed to the class that knows how. */
public final class RolloutSteps implements RolloutActivities {
    private final DataSource source;
    private final Cluster cluster;
    private final Rows rows;
    private final RolloutSettings settings;
    private final Images images;
    private final Supplier<Pulse> pulse;
    private final RevisionSteps revisions;
    private final TrafficSteps traffic;
    private final SoakWatch soakWatch;
    private final Retirement retirement;
    private final Stopping stopping;
    private final Scaling scaling;
    private final ReleaseSteps release;

    /**
     * @param edgeContainer name of the edge's container, which joins each organisation's network
     * @param pulse of the activity that the calling thread runs: {@code Pulse::ofActivity}
     */
    public RolloutSteps(
            DataSource source,
            Engine engine,
            String edgeContainer,
            EdgeProbe edge,
            Images images,
            RolloutSettings settings,
            Supplier<Pulse> pulse) {
        this.source = source;
        this.cluster = Cluster.of(engine, settings.instance(), edgeContainer);
        this.rows = Rows.of(source);
        this.settings = settings;
        this.images = images;
        this.pulse = pulse;
        Served served = new Served(edge);
        OneAtATime oneAtATime = new OneAtATime(rows, cluster, served);
        this.revisions = new RevisionSteps(rows, cluster, settings, oneAtATime);
        this.traffic = new TrafficSteps(rows, cluster, revisions, served);
        this.soakWatch = new SoakWatch(rows, cluster, revisions);
        this.retirement = new Retirement(rows, cluster, images, settings, oneAtATime);
        this.stopping = new Stopping(rows, cluster);
        this.scaling = new Scaling(rows, cluster, settings);
        this.release = new ReleaseSteps(rows, cluster, revisions);
    }

    /** The steps of a canary, which share what these work with. */
    public CanaryActivities canary(EdgeCounts counts) {
        return new CanarySteps(rows, traffic, new CanaryWatch(source, rows, cluster, revisions, counts), pulse);
    }

    @Override
    public void beginBuilding(DeploymentRef deployment) {
        begin(deployment, BUILDING, ServiceState.BUILDING);
    }

    @Override
    public void adoptImage(DeploymentRef deployment, ImageDigest image) {
        rows.in(deployment, () -> {
            Optional<String> commit = rows.deployments()
                    .find(deployment)
                    .flatMap(Deployment::build)
                    .flatMap(rows.builds()::find)
                    .flatMap(Build::commitSha);
            rows.deployments().adoptImage(deployment, image, commit);
        });
    }

    @Override
    public Admission admit(DeploymentRef ref) {
        Subject subject = rows.subject(ref);
        Deployment deployment = subject.deployment();
        ImageDigest image = RevisionSteps.image(deployment);
        if (!images.has(ref.service(), image)) {
            throw ActivityFailures.of(Failure.of(
                    FailureCode.IMAGE_MISSING,
                    "The image of this deployment is no longer in the registry.",
                    "Rebuild the service, which makes a new one."));
        }
        boolean stopped = rows.in(ref, () -> rows.isStopped(ref.service()));
        boolean held = isHeld(subject);
        if (!deployment.isRetained() && !stopped && !held) {
            begin(ref, DEPLOYING, ServiceState.DEPLOYING);
        }
        Optional<DeploymentRef> serving =
                rows.in(ref, () -> rows.routed(ref.service()).filter(other -> !other.equals(ref)));
        return new Admission(
                settings.healthDeadline(subject.service()),
                settings.soak(subject.service()),
                settings.drain(),
                serving,
                stopped,
                rows.in(ref, () -> release.isDue(deployment)),
                serving.isPresent() && subject.service().rollout().traffic().strategy() == Strategy.CANARY,
                held,
                serving.isPresent()
                        && subject.service().rollout().traffic().strategy().isOneAtATime());
    }

    /** The gates are for what was built for this deployment and is not begun yet; a restart has the image that serves. */
    private static boolean isHeld(Subject subject) {
        Deployment deployment = subject.deployment();
        return deployment.build().isPresent()
                && deployment.status().isBeforeItsStart()
                && subject.service()
                        .rollout()
                        .gates()
                        .hold(deployment.approvedAt().isPresent(), Instant.now())
                        .isPresent();
    }

    /** A service that serves keeps its state while its next deployment comes up. */
    private void begin(DeploymentRef ref, DeploymentState state, ServiceState first) {
        rows.in(ref, () -> {
            rows.deployments().move(ref, state);
            DeploymentState now =
                    rows.deployments().find(ref).map(Deployment::status).orElse(DeploymentState.CANCELLED);
            if (now.isTerminal()) {
                throw ActivityFailures.of(
                        Failure.of(FailureCode.CANCELLED, "The deployment has ended before it began.", ""));
            }
            if (now == state && rows.routed(ref.service()).isEmpty() && !rows.isStopped(ref.service())) {
                rows.services().observe(ref.service(), first);
            }
        });
    }

    @Override
    public void runRelease(DeploymentRef deployment) {
        release.run(deployment, pulse.get());
    }

    @Override
    public void createRevision(DeploymentRef deployment) {
        revisions.create(deployment, pulse.get());
    }

    @Override
    public boolean reviveRevision(DeploymentRef deployment) {
        return revisions.revive(deployment, pulse.get());
    }

    @Override
    public boolean routeIfWarm(DeploymentRef deployment) {
        boolean warm = revisions.isWarm(deployment);
        if (warm) {
            traffic.route(deployment);
        }
        return warm;
    }

    @Override
    public void awaitHealthy(DeploymentRef deployment, Duration deadline) {
        revisions.awaitHealthy(deployment, deadline, pulse.get());
    }

    @Override
    public void routeTraffic(DeploymentRef deployment) {
        traffic.route(deployment);
    }

    @Override
    public void keepForStart(DeploymentRef deployment) {
        stopping.keepForStart(deployment);
    }

    @Override
    public Optional<DeploymentRef> chooseForStart(ServiceRef service) {
        return stopping.chooseForStart(service);
    }

    @Override
    public Duration showStopped(ServiceRef service) {
        traffic.showStopped(service);
        return settings.drain();
    }

    @Override
    public void stopRevisions(ServiceRef service) {
        stopping.stopRevisions(service);
    }

    @Override
    public Optional<Scaled> resize(ServiceRef service, int replicas) {
        return scaling.resize(service, replicas, pulse.get());
    }

    @Override
    public void watchSoak(DeploymentRef deployment, Duration soak) {
        soakWatch.watch(deployment, soak, pulse.get());
    }

    @Override
    public void prove(DeploymentRef deployment) {
        rows.in(deployment, () -> rows.deployments().prove(deployment));
    }

    @Override
    public void retirePredecessors(ServiceRef service) {
        retirement.retirePredecessors(service);
    }

    @Override
    public void routeBack(DeploymentRef deployment, @Nullable DeploymentRef before) {
        traffic.routeBack(deployment, Optional.ofNullable(before), pulse.get());
    }

    @Override
    public DeploymentState withdraw(DeploymentRef deployment, DeploymentState end, Failure failure) {
        traffic.join(deployment);
        traffic.endPause(deployment, pulse.get());
        return retirement.withdraw(deployment, end, failure);
    }

    @Override
    public void releaseRevision(DeploymentRef deployment) {
        traffic.endPause(deployment, pulse.get());
        retirement.release(deployment);
    }

    @Override
    public boolean hasTraffic(DeploymentRef deployment) {
        return rows.in(deployment, () -> rows.isRouted(deployment));
    }

    @Override
    public void removeRoute(ServiceRef service) {
        rows.in(service, () -> rows.services().observe(service, ServiceState.DELETING));
        traffic.takeAway(service);
    }

    @Override
    public void removeRevisions(ServiceRef service) {
        retirement.removeRevisions(service);
    }

    @Override
    public void removeImages(ServiceRef service) {
        images.removeAll(service);
    }

    @Override
    public void forgetService(ServiceRef service) {
        rows.in(service, () -> rows.services().delete(service));
    }
}
