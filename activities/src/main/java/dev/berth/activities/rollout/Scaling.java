package dev.berth.activities.rollout;

import dev.berth.activities.Pulse;
import dev.berth.activities.swarm.Task;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.ServiceRef;
import dev.berth.store.Service;
import dev.berth.workflows.RolloutActivities.Scaled;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Changes how many replicas of what serves there are. */
final class Scaling {
    private static final Duration LOOK = Duration.ofMillis(50);
    /** Swarm picks the replicas that go in some milliseconds; the edge hears of it now instead of with the watcher's next look. */
    private static final Duration PICKED = Duration.ofSeconds(5);

    private final Rows rows;
    private final Cluster cluster;
    private final RolloutSettings settings;

    Scaling(Rows rows, Cluster cluster, RolloutSettings settings) {
        this.rows = rows;
        this.cluster = cluster;
        this.settings = settings;
    }

    /** As {@link dev.berth.workflows.RolloutActivities#resize}. */
    Optional<Scaled> resize(ServiceRef service, int replicas, Pulse pulse) {
        Service row = rows.service(service);
        Optional<DeploymentRef> serving = rows.in(service, () -> {
            rows.services().setReplicas(service, replicas);
            return rows.routed(service);
        });
        serving.ifPresent(deployment -> {
            cluster.revisions().scale(deployment, replicas);
            publishWhatStays(deployment, replicas, pulse);
        });
        return serving.map(deployment -> new Scaled(deployment, settings.healthDeadline(row)));
    }

    private void publishWhatStays(DeploymentRef deployment, int replicas, Pulse pulse) {
        long deadline = System.nanoTime() + PICKED.toNanos();
        while (true) {
            List<Task> serving = cluster.revisions().tasks(deployment).stream()
                    .filter(Task::serves)
                    .filter(task -> !task.addresses().isEmpty())
                    .toList();
            if (serving.size() <= replicas || System.nanoTime() > deadline) {
                publish(deployment, serving);
                return;
            }
            pulse.beat();
            Waits.pause(LOOK);
        }
    }

    /** Where none serves for the moment the addresses stay: the watcher knows when to let go of them. */
    private void publish(DeploymentRef deployment, List<Task> serving) {
        if (serving.isEmpty()) {
            return;
        }
        Map<String, String> addresses = serving.stream()
                .collect(Collectors.toMap(Task::id, task -> task.addresses().getFirst()));
        rows.in(deployment, () -> {
            rows.endpoints().replace(deployment, addresses);
        });
    }
}
