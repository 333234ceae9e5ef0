package dev.berth.domain.reconcile;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.DeploymentState;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.domain.reconcile.ServiceRows.Route;
import dev.berth.domain.reconcile.ServiceRows.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One service and its Swarm service, as they should be, to be changed. */
final class DriftScene {
    static final ServiceRef SERVICE = new ServiceRef(new UUID(9, 9), new UUID(8, 8));
    static final UUID ONE = new UUID(0, 1);
    static final UUID TWO = new UUID(0, 2);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final int REPLICAS = 2;

    final Instant now = Instant.parse("2026-01-01T12:00:00Z");
    final Map<UUID, DeploymentRow> deployments = new LinkedHashMap<>();
    final Map<UUID, Trace> traces = new HashMap<>();
    final Map<UUID, Seen> swarm = new LinkedHashMap<>();
    private final List<DeploymentRef> jobs = new ArrayList<>();
    private final List<SeenVolume> volumes = new ArrayList<>();
    private final List<String> unproven = new ArrayList<>();
    ServiceState state = ServiceState.RUNNING;
    Optional<UUID> current = Optional.of(ONE);
    Route route = new Route.To(ONE);
    Work work = Work.IDLE;
    Instant touched = now.minus(Duration.ofMinutes(5));
    Instant swarmTouched = touched;
    boolean swarmAnswers = true;

    record Seen(DeploymentRef deployment, int replicas, int healthy) {}

    DriftScene() {
        deployment(ONE, DeploymentState.RUNNING, true, REPLICAS);
        sees(ONE, REPLICAS, REPLICAS);
    }

    static DeploymentRef ref(UUID deployment) {
        return new DeploymentRef(SERVICE.organizationId(), SERVICE.serviceId(), deployment);
    }

    /** Of a service that has no row. */
    static DeploymentRef elsewhere(UUID deployment) {
        return new DeploymentRef(SERVICE.organizationId(), new UUID(7, 7), deployment);
    }

    void deployment(UUID id, DeploymentState deploymentState, boolean proven, int endpoints) {
        deployments.put(id, new DeploymentRow(id, deploymentState, proven, endpoints));
    }

    void retired(UUID id) {
        deployment(id, DeploymentState.RETIRED, true, 0);
        sees(id, 0, 0);
    }

    void sees(UUID deployment, int replicas, int healthy) {
        swarm.put(deployment, new Seen(ref(deployment), replicas, healthy));
    }

    void seesElsewhere(UUID deployment) {
        swarm.put(deployment, new Seen(elsewhere(deployment), 1, 1));
    }

    void seesRelease(UUID deployment) {
        jobs.add(ref(deployment));
    }

    void seesReleaseElsewhere(UUID deployment) {
        jobs.add(elsewhere(deployment));
    }

    void seesVolume() {
        volumes.add(new SeenVolume(SERVICE, "berth-test-" + SERVICE.serviceId()));
    }

    void seesVolumeElsewhere() {
        volumes.add(new SeenVolume(elsewhere(ONE).service(), "berth-test-elsewhere"));
    }

    void seesUnproven(String name) {
        unproven.add(name);
    }

    void failed(int repairs, Duration ago) {
        work = new Work(false, repairs, Optional.of(now.minus(ago)));
    }

    List<Finding> findings() {
        List<SeenRevision> seen = new ArrayList<>();
        swarm.forEach((id, revision) -> seen.add(new SeenRevision(
                "swarm-" + id,
                "b-" + id,
                Optional.of(revision.deployment()),
                revision.replicas(),
                revision.healthy(),
                swarmTouched)));
        unproven.forEach(name -> seen.add(new SeenRevision(name, name, Optional.empty(), 1, 0, swarmTouched)));
        ServiceRows rows = new ServiceRows(
                SERVICE, state, REPLICAS, current, route, List.copyOf(deployments.values()), work, touched);
        List<SeenJob> seenJobs =
                jobs.stream().map(job -> new SeenJob(job, swarmTouched)).toList();
        return Drift.of(
                swarmAnswers
                        ? new Snapshot(now, List.of(rows), Optional.of(seen), seenJobs, volumes, traces)
                        : new Snapshot(now, List.of(rows), Optional.empty(), List.of(), List.of(), traces),
                QUIET);
    }
}
