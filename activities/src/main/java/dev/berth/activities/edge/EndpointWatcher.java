package dev.berth.activities.edge;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.berth.activities.swarm.Engine;
import dev.berth.activities.swarm.Revision;
import dev.berth.activities.swarm.Revisions;
import dev.berth.activities.swarm.Task;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.ServiceState;
import dev.berth.store.EdgeRow;
import dev.berth.store.Endpoint;
import dev.berth.store.Endpoints;
import dev.berth.store.Route;
import dev.berth.store.Routes;
import dev.berth.store.Service;
import dev.berth.store.Services;
import dev.berth.store.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Keeps the addresses of replicas true: a replica that was replaced has a new one. Looks at Swarm twice a second and writes
 * only what changed.
 *
 * <p>It follows deployments that have endpoints already, which they get when they are seen healthy for the first time; what
 * comes up before that moves no edge. It also says which service runs with fewer replicas than wanted.
 */
public final class EndpointWatcher implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Set<ServiceState> SERVING = Set.of(ServiceState.RUNNING, ServiceState.DEGRADED);

    private final Revisions revisions;
    private final Tenancy tenancy;
    private final Endpoints endpoints;
    private final Routes routes;
    private final Services services;
    private final LeaderLoop loop;
    private final Map<UUID, ChangeBackoff> backoffs = new HashMap<>();
    /** By deployment that has traffic: what was written last. */
    private final Map<UUID, ServiceState> judged = new HashMap<>();

    public EndpointWatcher(DataSource source, Engine engine, String instance) {
        this.revisions = new Revisions(engine, instance);
        this.tenancy = new Tenancy(source);
        this.endpoints = new Endpoints(source);
        this.routes = new Routes(source);
        this.services = new Services(source);
        this.loop = new LeaderLoop(LeaderLoop.Work.ENDPOINT_WATCHER, source, LOOK, announced -> look());
    }

    public void start() {
        loop.start();
    }

    @Override
    public void close() throws InterruptedException {
        loop.close();
    }

    private void look() {
        // Rows first: a deployment that was seen healthy in between is then left for the next look, not taken for gone.
        Recorded recorded = tenancy.asPlatform(
                "endpoint watcher",
                () -> new Recorded(
                        endpoints.all().stream().collect(groupingBy(Endpoint::deploymentId)),
                        routes.forEdge().stream().map(EdgeRow::deploymentId).collect(toSet())));
        Map<UUID, Revision> present =
                revisions.all().stream().collect(toMap(Revision::deploymentId, revision -> revision));
        Map<UUID, List<Task>> tasks = revisions.wantedTasks(present.values());
        recorded.endpoints().forEach((deployment, before) -> {
            Map<String, String> observed = addresses(tasks.getOrDefault(deployment, List.of()));
            if (!observed.equals(addressesOf(before))) {
                publish(deployment, before.getFirst().organizationId(), present, observed);
            }
        });
        judged.keySet().retainAll(recorded.routed());
        backoffs.keySet().retainAll(present.keySet());
        present.values().stream()
                .filter(revision -> recorded.routed().contains(revision.deploymentId()))
                .forEach(revision -> judge(revision, tasks));
    }

    private void publish(
            UUID deployment, UUID organization, Map<UUID, Revision> present, Map<String, String> observed) {
        Instant now = Instant.now();
        ChangeBackoff backoff = backoffs.getOrDefault(deployment, ChangeBackoff.NONE);
        Revision revision = present.get(deployment);
        // The last address of a living revision stays: without any the watcher would lose sight of it, and the edge
        // reaches
        // the next replica by name meanwhile.
        boolean keepsSight = revision != null && revision.replicas() > 0 && observed.isEmpty();
        if (keepsSight || !backoff.allows(now)) {
            return;
        }
        UUID service = revision == null ? deployment : revision.serviceId();
        tenancy.inOrg(organization, () -> {
            endpoints.replace(new DeploymentRef(organization, service, deployment), observed);
        });
        backoffs.put(deployment, backoff.changed(now));
    }

    /** Running or degraded, for the deployment that has the traffic; any other state is somebody else's to change. */
    private void judge(Revision revision, Map<UUID, List<Task>> tasks) {
        long serving = tasks.getOrDefault(revision.deploymentId(), List.of()).stream()
                .filter(Task::serves)
                .count();
        ServiceState state = serving < revision.replicas() ? ServiceState.DEGRADED : ServiceState.RUNNING;
        if (judged.get(revision.deploymentId()) == state) {
            return;
        }
        tenancy.inOrg(revision.organizationId(), () -> {
            ServiceRef service = new ServiceRef(revision.organizationId(), revision.serviceId());
            boolean routed = routes.find(service)
                    .flatMap(Route::deploymentId)
                    .filter(revision.deploymentId()::equals)
                    .isPresent();
            boolean inService = services.find(service)
                    .map(Service::status)
                    .filter(SERVING::contains)
                    .isPresent();
            if (routed && inService) {
                services.observe(service, state);
                judged.put(revision.deploymentId(), state);
            }
        });
    }

    private static Map<String, String> addressesOf(List<Endpoint> recorded) {
        return recorded.stream().collect(toMap(Endpoint::taskId, Endpoint::address));
    }

    private static Map<String, String> addresses(List<Task> tasks) {
        return tasks.stream()
                .filter(task -> task.serves() && !task.addresses().isEmpty())
                .collect(toMap(Task::id, task -> task.addresses().getFirst()));
    }

    /** @param routed deployments that have traffic */
    private record Recorded(Map<UUID, List<Endpoint>> endpoints, Set<UUID> routed) {}
}
