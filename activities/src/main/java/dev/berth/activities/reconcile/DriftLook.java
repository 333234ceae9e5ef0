package dev.berth.activities.reconcile;

import dev.berth.activities.swarm.Engine;
import dev.berth.activities.swarm.EngineException;
import dev.berth.activities.swarm.Jobs;
import dev.berth.activities.swarm.Revision;
import dev.berth.activities.swarm.Revisions;
import dev.berth.activities.swarm.Revisions.Labelled;
import dev.berth.activities.swarm.Task;
import dev.berth.activities.swarm.Volumes;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.reconcile.SeenJob;
import dev.berth.domain.reconcile.SeenRevision;
import dev.berth.domain.reconcile.SeenVolume;
import dev.berth.domain.reconcile.ServiceRows;
import dev.berth.domain.reconcile.Snapshot;
import dev.berth.store.DriftRows;
import dev.berth.store.Tenancy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one snapshot of rows and Swarm. */
public final class DriftLook {
    private static final Logger LOG = LoggerFactory.getLogger(DriftLook.class);
    private static final int PAGE = 500;
    private static final UUID FIRST = new UUID(0, 0);

    private final Tenancy tenancy;
    private final DriftRows rows;
    private final Revisions revisions;
    private final Jobs jobs;
    private final Volumes volumes;

    public DriftLook(DataSource source, Engine engine, String instance) {
        this.tenancy = new Tenancy(source);
        this.rows = new DriftRows(source);
        this.revisions = new Revisions(engine, instance);
        this.jobs = new Jobs(engine, instance);
        this.volumes = new Volumes(engine, instance);
    }

    /** Swarm first: whatever it shows has had its row before. */
    public Snapshot take() {
        Optional<List<SeenRevision>> swarm = swarm();
        List<SeenJob> left = jobs();
        List<SeenVolume> kept = volumes();
        List<ServiceRows> services = new ArrayList<>();
        UUID after = FIRST;
        while (true) {
            UUID from = after;
            List<ServiceRows> page = tenancy.asPlatform("reconcile", () -> rows.page(from, PAGE));
            services.addAll(page);
            if (page.size() < PAGE) {
                break;
            }
            after = page.getLast().service().serviceId();
        }
        Set<UUID> known = services.stream()
                .flatMap(service -> service.deployments().stream())
                .map(deployment -> deployment.id())
                .collect(Collectors.toSet());
        List<DeploymentRef> others = Stream.concat(
                        swarm.stream().flatMap(List::stream).flatMap(revision -> revision.deployment().stream()),
                        left.stream().map(SeenJob::deployment))
                .filter(deployment -> !known.contains(deployment.deploymentId()))
                .toList();
        return tenancy.asPlatform(
                "reconcile", () -> new Snapshot(rows.now(), services, swarm, left, kept, rows.traces(others)));
    }

    private Optional<List<SeenRevision>> swarm() {
        try {
            List<Labelled> labelled = revisions.labelled();
            Map<UUID, List<Task>> tasks = revisions.wantedTasks(labelled.stream()
                    .flatMap(service -> service.revision().stream())
                    .toList());
            return Optional.of(
                    labelled.stream().map(service -> seen(service, tasks)).toList());
        } catch (EngineException silent) {
            LOG.warn("Swarm cannot be compared with the rows now: {}", silent.getMessage());
            return Optional.empty();
        }
    }

    private List<SeenJob> jobs() {
        try {
            return jobs.all().stream()
                    .map(job -> new SeenJob(job.deployment(), job.touchedAt()))
                    .toList();
        } catch (EngineException silent) {
            // Said already; what was not seen is not judged.
            return List.of();
        }
    }

    private List<SeenVolume> volumes() {
        try {
            return volumes.all().stream()
                    .map(volume -> new SeenVolume(volume.service(), volume.name()))
                    .toList();
        } catch (EngineException silent) {
            // As above.
            return List.of();
        }
    }

    private static SeenRevision seen(Labelled service, Map<UUID, List<Task>> tasks) {
        long healthy = service.revision().stream()
                .flatMap(revision -> tasks.getOrDefault(revision.deploymentId(), List.of()).stream())
                .filter(Task::serves)
                .count();
        return new SeenRevision(
                service.id(),
                service.name(),
                service.revision().map(Revision::deployment),
                service.revision().map(Revision::replicas).orElse(0),
                (int) healthy,
                service.touchedAt());
    }
}
