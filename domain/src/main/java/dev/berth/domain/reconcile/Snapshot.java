package dev.berth.domain.reconcile;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is written and what was seen, at about the same time.
 *
 * @param at when it was taken, by the database's clock
 * @param swarm the Swarm services that carry this installation's label; empty where Swarm could not be asked, of which nothing
 *     follows
 * @param jobs the one-off tasks, which are no revisions
 * @param volumes those on the host of the engine that was asked; it shows no other's
 * @param traces of the deployments in {@code swarm} and {@code jobs} that {@code services} do not name
 */
public record Snapshot(
        Instant at,
        List<ServiceRows> services,
        Optional<List<SeenRevision>> swarm,
        List<SeenJob> jobs,
        List<SeenVolume> volumes,
        Map<UUID, Trace> traces) {
    public Snapshot {
        requireNonNull(at, "at is null");
        services = List.copyOf(services);
        swarm = swarm.map(List::copyOf);
        jobs = List.copyOf(jobs);
        volumes = List.copyOf(volumes);
        traces = Map.copyOf(traces);
    }
}
