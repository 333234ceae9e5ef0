package dev.berth.workers;

import static dev.berth.domain.reconcile.Finding.Kind.IMAGE_LOST;
import static dev.berth.domain.reconcile.Finding.Kind.IMAGE_UNREFERENCED;
import static dev.berth.domain.reconcile.Finding.Kind.ROOTS_UNREFERENCED;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.berth.activities.edge.LeaderLoop;
import dev.berth.activities.reconcile.DriftLook;
import dev.berth.activities.reconcile.EdgeReach;
import dev.berth.activities.reconcile.GarbageLook;
import dev.berth.activities.reconcile.OldLogs;
import dev.berth.activities.reconcile.Remedies;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.reconcile.DeploymentRow;
import dev.berth.domain.reconcile.Drift;
import dev.berth.domain.reconcile.Finding;
import dev.berth.domain.reconcile.Finding.Kind;
import dev.berth.domain.reconcile.ServiceRows;
import dev.berth.domain.reconcile.Snapshot;
import dev.berth.domain.reconcile.TwoLooks;
import dev.berth.workflows.client.ServiceWaker;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares rows, Swarm, registry and Nix store, on start and then every {@value #EVERY_SECONDS} seconds, and does something about
 * what two looks in a row agree on. One process of the platform does it at a time.
 *
 * <p>The edge is put back on the organisations' networks at each turn, without a second look: it belongs on all of them.
 *
 * <p>Registry and store are looked at a few services at a time, and old logs dropped so, so that their cost does not grow with the
 * platform.
 */
final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final long EVERY_SECONDS = 20;
    /** What was seen for the first time is looked at again soon. */
    private static final Duration TICK = Duration.ofSeconds(5);
    /** Longer than any step leaves rows and world apart. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private static final Duration BETWEEN_COLLECTIONS = Duration.ofMinutes(1);
    private static final int SERVICES_AT_ONCE = 20;
    private static final Set<Kind> GARBAGE = EnumSet.of(IMAGE_LOST, IMAGE_UNREFERENCED, ROOTS_UNREFERENCED);

    private final EdgeReach edgeReach;
    private final DriftLook drift;
    private final GarbageLook garbage;
    private final OldLogs oldLogs;
    private final Remedies remedies;
    private final OpenWorkflows workflows;
    private final ServiceWaker waker;
    private final LeaderLoop loop;
    private TwoLooks looks = TwoLooks.NONE;
    private TwoLooks garbageLooks = TwoLooks.NONE;
    /** The last service whose images were judged. */
    private UUID judged = new UUID(0, 0);

    private Instant next = Instant.MIN;
    private Instant nextCollection = Instant.MIN;

    Reconciler(DataSource source, Adapters adapters, WorkflowClient client) {
        this.edgeReach = adapters.edgeReach();
        this.drift = adapters.drift();
        this.garbage = adapters.garbage();
        this.oldLogs = adapters.oldLogs();
        this.remedies = adapters.remedies();
        this.workflows = new OpenWorkflows(source, client);
        this.waker = new ServiceWaker(client);
        this.loop = new LeaderLoop(LeaderLoop.Work.RECONCILER, source, TICK, announced -> tick());
    }

    void start() {
        loop.start();
    }

    void close() throws InterruptedException {
        loop.close();
    }

    private void tick() {
        // An edge that was made anew answers for no app: that waits for no look, and costs two questions to the engine.
        edgeReach.restore();
        if (Instant.now().isBefore(next)) {
            return;
        }
        Snapshot snapshot = drift.take();
        List<Finding> found = withoutBusy(snapshot, Drift.of(snapshot, QUIET));
        looks.confirmed(found).forEach(this::carryOut);
        remedies.closeOthers(
                open -> !GARBAGE.contains(open.kind()) && snapshot.swarm().isPresent(), found);
        boolean news = looks.hasNews(found);
        looks = looks.after(found);
        if (!Instant.now().isBefore(nextCollection)) {
            nextCollection = Instant.now().plus(BETWEEN_COLLECTIONS);
            collect(snapshot);
            dropOldLogs();
        }
        next = Instant.now().plus(news ? TICK : Duration.ofSeconds(EVERY_SECONDS));
    }

    /** A service whose workflow is open is left to it. Only those with findings are asked for. */
    private List<Finding> withoutBusy(Snapshot snapshot, List<Finding> found) {
        Map<UUID, Set<UUID>> deployments = snapshot.services().stream()
                .collect(toMap(
                        rows -> rows.service().serviceId(),
                        rows -> rows.deployments().stream()
                                .map(DeploymentRow::id)
                                .collect(toSet())));
        Map<ServiceRef, Boolean> busy = new HashMap<>();
        return found.stream()
                .filter(finding -> finding.service()
                        .filter(service -> busy.computeIfAbsent(
                                service,
                                asked -> workflows.areAtWork(
                                        asked, deployments.getOrDefault(asked.serviceId(), Set.of()))))
                        .isEmpty())
                .toList();
    }

    private void carryOut(Finding finding) {
        try {
            remedies.carryOut(finding).ifPresent(waker::wake);
        } catch (RuntimeException e) {
            // The next looks find it again; a queued repair is found by the wake sweep.
            LOG.warn("{} of {} was not settled: {}", finding.kind(), finding.subject(), e.getMessage());
        }
    }

    /** The same services twice in a row where there was something to confirm, else the next ones. */
    private void collect(Snapshot snapshot) {
        List<ServiceRef> services = idleAfter(snapshot, judged);
        try {
            List<Finding> found = new ArrayList<>(roots());
            Set<UUID> looked = new HashSet<>();
            for (ServiceRef service : services) {
                images(service).ifPresent(images -> {
                    found.addAll(images);
                    looked.add(service.serviceId());
                });
            }
            List<Finding> free = withoutBusy(snapshot, found);
            garbageLooks.confirmed(free).forEach(this::carryOut);
            remedies.closeOthers(
                    open -> GARBAGE.contains(open.kind())
                            && open.serviceId().filter(looked::contains).isPresent(),
                    free);
            boolean news = garbageLooks.hasNews(free);
            garbageLooks = garbageLooks.after(free);
            if (news) {
                nextCollection = Instant.now();
            } else {
                judged = services.size() < SERVICES_AT_ONCE
                        ? new UUID(0, 0)
                        : services.getLast().serviceId();
            }
        } catch (RuntimeException silent) {
            LOG.warn("Garbage cannot be looked for now: {}", silent.getMessage());
        }
    }

    /** None where the store cannot be read: its trouble keeps nobody's images. */
    private List<Finding> roots() {
        try {
            return garbage.roots();
        } catch (RuntimeException silent) {
            LOG.warn("Roots of builds cannot be looked for now: {}", silent.getMessage());
            return List.of();
        }
    }

    /** Empty where the registry does not say: one service's trouble keeps nobody else's garbage. */
    private Optional<List<Finding>> images(ServiceRef service) {
        try {
            return Optional.of(garbage.images(service));
        } catch (RuntimeException silent) {
            LOG.warn("The images of service {} cannot be looked at now: {}", service.serviceId(), silent.getMessage());
            return Optional.empty();
        }
    }

    private void dropOldLogs() {
        try {
            int dropped = oldLogs.drop();
            if (dropped > 0) {
                LOG.info("{} logs of old builds and release commands were dropped.", dropped);
            }
        } catch (RuntimeException later) {
            LOG.warn("Old logs cannot be dropped now: {}", later.getMessage());
        }
    }

    private static List<ServiceRef> idleAfter(Snapshot snapshot, UUID after) {
        return snapshot.services().stream()
                .filter(rows -> rows.service().serviceId().toString().compareTo(after.toString()) > 0)
                .filter(rows -> !rows.work().open()
                        && rows.touchedAt().isBefore(snapshot.at().minus(QUIET)))
                .map(ServiceRows::service)
                .limit(SERVICES_AT_ONCE)
                .toList();
    }
}
