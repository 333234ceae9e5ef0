package dev.berth.domain.reconcile;

import static dev.berth.domain.reconcile.Finding.Kind.ORPHAN;
import static dev.berth.domain.reconcile.Finding.Kind.RELEASE_LEFT_BEHIND;
import static dev.berth.domain.reconcile.Finding.Kind.UNEXPLAINED;
import static dev.berth.domain.reconcile.Finding.Kind.VOLUME_LEFT_BEHIND;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.berth.domain.DeploymentRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The differences between the rows and Swarm. Pure: the same snapshot gives the same findings. */
public final class Drift {
    private final Snapshot snapshot;
    private final Duration quiet;
    private final Map<UUID, ServiceRows> services;

    private Drift(Snapshot snapshot, Duration quiet) {
        this.snapshot = snapshot;
        this.quiet = quiet;
        this.services = snapshot.services().stream()
                .collect(toMap(rows -> rows.service().serviceId(), identity()));
    }

    /** @param quiet what was touched less than this ago is left alone: somebody may be at it */
    public static List<Finding> of(Snapshot snapshot, Duration quiet) {
        return new Drift(snapshot, quiet).findings();
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        Optional<Map<UUID, SeenRevision>> seen = snapshot.swarm().map(Drift::byDeployment);
        for (ServiceRows rows : snapshot.services()) {
            if (!rows.work().open() && isQuiet(rows.touchedAt())) {
                findings.addAll(new ServiceDrift(rows, seen, snapshot.at()).findings());
            }
        }
        snapshot.swarm()
                .ifPresent(revisions -> revisions.stream()
                        .filter(revision -> isQuiet(revision.touchedAt()))
                        .flatMap(revision -> unwanted(revision).stream())
                        .forEach(findings::add));
        snapshot.jobs().stream()
                .filter(job -> isQuiet(job.touchedAt()))
                .flatMap(job -> leftBehind(job).stream())
                .forEach(findings::add);
        snapshot.volumes().stream()
                .filter(volume -> !services.containsKey(volume.service().serviceId()))
                .map(Drift::leftBehind)
                .forEach(findings::add);
        return List.copyOf(findings);
    }

    private static Map<UUID, SeenRevision> byDeployment(List<SeenRevision> revisions) {
        return revisions.stream()
                .filter(revision -> revision.deployment().isPresent())
                // A name is unique in a Swarm and follows from the deployment, so two of one deployment cannot be.
                .collect(
                        toMap(revision -> revision.deployment().orElseThrow().deploymentId(), identity(), (a, b) -> a));
    }

    private boolean isQuiet(Instant touched) {
        return touched.isBefore(snapshot.at().minus(quiet));
    }

    private Optional<Finding> unwanted(SeenRevision revision) {
        if (revision.deployment().isEmpty()) {
            return Optional.of(new Finding(
                    UNEXPLAINED,
                    Optional.empty(),
                    revision.id(),
                    "Swarm service " + revision.name()
                            + " carries this installation's label, and the rest of its labels or its name is not Berth's.",
                    new Remedy.Report()));
        }
        DeploymentRef deployment = revision.deployment().get();
        Optional<ServiceRows> rows = Optional.ofNullable(services.get(deployment.serviceId()));
        if (rows.filter(service -> service.work().open() || !isQuiet(service.touchedAt()))
                        .isPresent()
                || rows.flatMap(service -> service.deployment(deployment.deploymentId()))
                        .isPresent()) {
            return Optional.empty();
        }
        return switch (snapshot.traces().getOrDefault(deployment.deploymentId(), Trace.NONE)) {
            case ENDED -> Optional.of(orphan(revision, deployment, "whose row says that it has ended"));
            case SERVICE_DELETED -> Optional.of(orphan(revision, deployment, "whose service was deleted"));
            case NONE ->
                Optional.of(new Finding(
                        UNEXPLAINED,
                        rows.map(ServiceRows::service),
                        revision.id(),
                        "Swarm service " + revision.name() + " is of deployment " + deployment.deploymentId()
                                + ", of which there is no row and no word that it was deleted.",
                        new Remedy.Report()));
        };
    }

    /** It ends with its deployment's way to the traffic: where no operation is open, nobody waits for it. */
    private Optional<Finding> leftBehind(SeenJob job) {
        DeploymentRef deployment = job.deployment();
        Optional<ServiceRows> rows = Optional.ofNullable(services.get(deployment.serviceId()));
        boolean explained =
                rows.isPresent() || snapshot.traces().getOrDefault(deployment.deploymentId(), Trace.NONE) != Trace.NONE;
        if (rows.filter(service -> service.work().open() || !isQuiet(service.touchedAt()))
                .isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                RELEASE_LEFT_BEHIND,
                Optional.of(deployment.service()),
                deployment.deploymentId().toString(),
                "The release command of deployment " + deployment.deploymentId()
                        + " has a task, and no operation waits for it.",
                explained ? new Remedy.RemoveRelease(deployment) : new Remedy.Report()));
    }

    /** Only a person takes data away: not even the word that its service was deleted is proof that nobody wants it. */
    private static Finding leftBehind(SeenVolume volume) {
        return new Finding(
                VOLUME_LEFT_BEHIND,
                Optional.of(volume.service()),
                volume.name(),
                "Volume " + volume.name() + " is of service " + volume.service().serviceId() + ", which has no row.",
                new Remedy.Report());
    }

    private static Finding orphan(SeenRevision revision, DeploymentRef deployment, String proof) {
        return new Finding(
                ORPHAN,
                Optional.of(deployment.service()),
                deployment.deploymentId().toString(),
                "Swarm service " + revision.name() + " is of deployment " + deployment.deploymentId() + ", " + proof
                        + ".",
                new Remedy.RemoveRevision(deployment));
    }
}
