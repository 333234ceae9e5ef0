package dev.berth.domain.reconcile;

import static dev.berth.domain.DeploymentState.DEPLOYING;
import static dev.berth.domain.DeploymentState.RETIRED;
import static dev.berth.domain.DeploymentState.RUNNING;

import dev.berth.domain.ServiceState;
import dev.berth.domain.reconcile.Finding.Kind;
import dev.berth.domain.reconcile.ServiceRows.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The differences of one service on which nobody works. */
final class ServiceDrift {
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int DOUBLINGS = 6;
    private static final Set<ServiceState> SERVING = Set.of(ServiceState.RUNNING, ServiceState.DEGRADED);
    private static final Set<ServiceState> RESTING = Set.of(ServiceState.STOPPED, ServiceState.SUSPENDED);
    private static final Set<ServiceState> CAUSED_BY_OPERATIONS =
            Set.of(ServiceState.BUILDING, ServiceState.DEPLOYING, ServiceState.RUNNING, ServiceState.DEGRADED);

    private final ServiceRows rows;
    private final Optional<Map<UUID, SeenRevision>> seen;
    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();

    /** @param seen Swarm services by deployment; empty where Swarm could not be asked */
    ServiceDrift(ServiceRows rows, Optional<Map<UUID, SeenRevision>> seen, Instant now) {
        this.rows = rows;
        this.seen = seen;
        this.now = now;
    }

    List<Finding> findings() {
        Optional<DeploymentRow> serving = serving();
        serving.ifPresent(this::compareServing);
        if (serving.isEmpty()) {
            compareState();
        }
        rows.deployments().stream()
                .filter(row -> serving.filter(row::equals).isEmpty())
                .forEach(this::compareOther);
        return List.copyOf(findings);
    }

    /**
     * The deployment that is to serve. The route is the truth while it leads to one that runs; a service that is stopped or being
     * deleted has none.
     */
    private Optional<DeploymentRow> serving() {
        boolean serves = SERVING.contains(rows.state()) || rows.route() instanceof Route.To;
        if (!serves || rows.state() == ServiceState.SUSPENDED) {
            return Optional.empty();
        }
        Optional<DeploymentRow> routed =
                rows.route() instanceof Route.To(UUID to) ? rows.deployment(to) : Optional.empty();
        return routed.filter(row -> (row.state() == RUNNING || row.state() == DEPLOYING) && isThere(row))
                .or(() -> rows.current().flatMap(rows::deployment).filter(DeploymentRow::isRetained))
                .or(() -> routed.filter(DeploymentRow::isRetained));
    }

    private boolean isThere(DeploymentRow row) {
        return seen.map(revisions -> revisions.containsKey(row.id())).orElse(true);
    }

    private void compareServing(DeploymentRow serving) {
        switch (rows.route()) {
            case Route.To(UUID to)
            when !to.equals(serving.id()) ->
                repair(
                        Kind.ROUTE_ASTRAY,
                        serving,
                        "The route leads to deployment " + to + ", and " + serving.id() + " serves.");
            case Route.To _
            when serving.state() != RUNNING || !rows.current().equals(Optional.of(serving.id())) ->
                repair(
                        Kind.ROUTE_ASTRAY,
                        serving,
                        "The route leads to deployment " + serving.id() + ", whose row does not say that it serves.");
            case Route.To _
            when !SERVING.contains(rows.state()) ->
                found(
                        Kind.STATE_CONTRADICTED,
                        rows.service().serviceId().toString(),
                        "The service is " + rows.state() + " by its row, and deployment " + serving.id() + " serves.",
                        new Remedy.Observe(rows.service(), ServiceState.RUNNING));
            case Route.To _ -> {}
            case Route.None _, Route.Page _ ->
                repair(Kind.ROUTE_MISSING, serving, "Deployment " + serving.id() + " serves and has no route.");
        }
        seen.ifPresent(revisions -> Optional.ofNullable(revisions.get(serving.id()))
                .ifPresentOrElse(
                        revision -> compareRevision(serving, revision),
                        () -> repair(
                                Kind.REVISION_MISSING,
                                serving,
                                "Deployment " + serving.id() + " serves and has no Swarm service.")));
    }

    private void compareRevision(DeploymentRow serving, SeenRevision revision) {
        if (revision.replicas() != rows.replicas()) {
            repair(
                    Kind.REPLICAS_DIFFER,
                    serving,
                    "Swarm keeps " + revision.replicas() + " replicas of deployment " + serving.id() + ", and "
                            + rows.replicas() + " are wanted.");
            return;
        }
        if (revision.healthy() == 0) {
            return;
        }
        if (serving.endpoints() == 0) {
            repair(
                    Kind.ENDPOINTS_MISSING,
                    serving,
                    "Deployment " + serving.id() + " has healthy replicas, and none is published.");
        }
        boolean whole = revision.healthy() >= rows.replicas();
        if (whole && !serving.proven() && serving.state() == RUNNING) {
            repair(
                    Kind.UNPROVEN,
                    serving,
                    "Deployment " + serving.id() + " serves unproven, and nobody watches it any more.");
        }
        if (whole && serving.proven()) {
            rows.deployments().stream()
                    .filter(row -> row.state() == RUNNING && !row.id().equals(serving.id()) && isThere(row))
                    .forEach(row -> repair(
                            Kind.UNRETIRED,
                            serving,
                            "Deployment " + row.id() + " runs behind a proven one, and nobody retires it."));
        }
    }

    private void compareOther(DeploymentRow row) {
        switch (row.state()) {
            case PENDING, BUILDING, DEPLOYING ->
                found(
                        Kind.DEPLOYMENT_ABANDONED,
                        row,
                        "Deployment " + row.id() + " is under way by its row, and no operation brings it further.",
                        new Remedy.Withdraw(rows.ref(row.id())));
            case RUNNING, RETIRED -> seen.ifPresent(revisions -> compareRetained(row, revisions));
            case SUPERSEDED, ROLLED_BACK, FAILED, CANCELLED ->
                throw new IllegalStateException("Not compared: " + row.state());
        }
    }

    private void compareRetained(DeploymentRow row, Map<UUID, SeenRevision> revisions) {
        Optional<SeenRevision> revision = Optional.ofNullable(revisions.get(row.id()));
        if (revision.isEmpty()) {
            if (row.endpoints() > 0) {
                found(
                        Kind.ENDPOINTS_STALE,
                        row,
                        "Deployment " + row.id() + " has published replicas and no Swarm service.",
                        new Remedy.ClearEndpoints(rows.ref(row.id())));
            }
            // A start makes what was stopped anew from its row.
            if (!RESTING.contains(rows.state())) {
                found(
                        Kind.RETAINED_LOST,
                        row,
                        "Deployment " + row.id() + " is kept for roll-back and has no Swarm service.",
                        new Remedy.MarkRemoved(rows.ref(row.id())));
            }
        } else if (row.state() == RETIRED && revision.get().replicas() > 0) {
            found(
                    Kind.RETIRED_RUNS,
                    row,
                    "Swarm keeps " + revision.get().replicas() + " replicas of deployment " + row.id()
                            + ", which is retired.",
                    new Remedy.Release(rows.ref(row.id())));
        }
    }

    /** Nothing serves. A route to nothing that runs is left to people: what stands behind it cannot be known. */
    private void compareState() {
        if (rows.state() == ServiceState.SUSPENDED) {
            return;
        }
        if (rows.route() instanceof Route.To(UUID to)) {
            found(
                    Kind.ROUTE_ASTRAY,
                    to.toString(),
                    "The route leads to deployment " + to + ", and nothing that could serve is kept.",
                    new Remedy.Report());
        } else if (rows.state() == ServiceState.DELETING || CAUSED_BY_OPERATIONS.contains(rows.state())) {
            found(
                    Kind.STATE_CONTRADICTED,
                    rows.service().serviceId().toString(),
                    "The service is " + rows.state() + " by its row; nothing serves, and no operation is open.",
                    new Remedy.Observe(rows.service(), ServiceState.FAILED));
        }
    }

    /** Not again at once where the last repair failed: each attempt starts and watches the app, and tells its people so. */
    private void repair(Kind kind, DeploymentRow target, String proof) {
        boolean pauses = rows.work()
                .lastFailure()
                .filter(failed -> now.isBefore(failed.plus(pause(rows.work().failedRepairs()))))
                .isPresent();
        Remedy remedy = pauses ? new Remedy.Report() : new Remedy.Repair(rows.ref(target.id()));
        found(kind, target, proof, remedy);
    }

    private static Duration pause(int failures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private void found(Kind kind, DeploymentRow row, String proof, Remedy remedy) {
        found(kind, row.id().toString(), proof, remedy);
    }

    private void found(Kind kind, String subject, String proof, Remedy remedy) {
        findings.add(new Finding(kind, Optional.of(rows.service()), subject, proof, remedy));
    }
}
