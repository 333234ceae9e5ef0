package dev.berth.activities.rollout;

import dev.berth.activities.ActivityFailures;
import dev.berth.activities.rollout.Rows.Subject;
import dev.berth.activities.swarm.EngineException;
import dev.berth.activities.swarm.SwarmNodes;
import dev.berth.activities.swarm.VolumeMount;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.Volume;
import dev.berth.domain.placement.Demand;
import dev.berth.settings.Settings.Volumes;
import dev.berth.store.Deployment;
import dev.berth.store.Hosts.Seen;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides once on which host a service's volume is, and takes it away with the service. */
final class VolumePlace {
    private static final Logger LOG = LoggerFactory.getLogger(VolumePlace.class);
    private static final int MEBI = 20;
    private static final Duration ENDED = Duration.ofSeconds(35);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Rows rows;
    private final Cluster cluster;
    private final Volumes offered;

    VolumePlace(Rows rows, Cluster cluster, Volumes offered) {
        this.rows = rows;
        this.cluster = cluster;
        this.offered = offered;
    }

    /** Empty for a deployment that is older than its service's volume. */
    Optional<VolumeMount> mount(Subject subject) {
        return volume(subject)
                .map(volume -> new VolumeMount(
                        subject.service().ref(),
                        node(subject, volume),
                        offered == Volumes.QUOTA ? Optional.of(volume.sizeMb()) : Optional.empty()));
    }

    /**
     * Fails where the volume's host takes no replica now; decides on a host where none was. Asked before anything is ended for the
     * subject, which can run nowhere else.
     */
    void requireHost(Subject subject) {
        volume(subject).ifPresent(volume -> {
            String node = node(subject, volume);
            if (open().noneMatch(host -> host.nodeId().equals(node))) {
                throw noHost(
                        "The host that has the service's volume takes no replicas now: it is down, drained or gone.");
            }
        });
    }

    private static Optional<Volume> volume(Subject subject) {
        return subject.service()
                .volume()
                .filter(volume -> subject.deployment().configuration().volume());
    }

    private String node(Subject subject, Volume volume) {
        return volume.node().orElseGet(() -> place(subject));
    }

    /** The host that has room for it, or else the one with the most free memory. Two who decide at once agree on what was written first. */
    private String place(Subject subject) {
        ServiceRef service = subject.service().ref();
        Deployment.Configuration size = subject.deployment().configuration();
        Demand demand = Demand.ofLimits(1, size.cpuMillis(), size.memoryMb());
        Seen chosen = open().max(Comparator.comparing((Seen host) -> hasRoom(host, demand))
                        .thenComparing(VolumePlace::freeMemory)
                        .thenComparing(Seen::nodeId))
                .orElseThrow(() -> noHost("No host takes replicas now, so there is none for the service's volume."));
        return rows.in(service, () -> {
            rows.services().placeVolume(service, chosen.nodeId());
            return rows.services()
                    .find(service)
                    .orElseThrow(Rows::gone)
                    .volume()
                    .flatMap(Volume::node)
                    .orElseThrow();
        });
    }

    private static boolean hasRoom(Seen host, Demand demand) {
        return host.cpuMillis() - host.reservedCpuMillis() >= demand.cpuMillis()
                && freeMemory(host) >> MEBI >= demand.memoryMb();
    }

    private static long freeMemory(Seen host) {
        return host.memoryBytes() - host.reservedMemoryBytes();
    }

    private Stream<Seen> open() {
        return SwarmNodes.of(cluster.engine()).stream().filter(host -> host.state() == Seen.State.ACTIVE);
    }

    private static RuntimeException noHost(String sentence) {
        return ActivityFailures.worthAnotherTry(Failure.of(
                FailureCode.NO_HOST, sentence, "Ask the platform's operator to bring it back, then deploy again."));
    }

    /** When everything of the service is removed; waits until no container has it any more. */
    void remove(ServiceRef service) {
        Optional<String> node = rows.in(service, () -> rows.services().find(service))
                .flatMap(found -> found.volume().flatMap(Volume::node));
        if (node.isEmpty()) {
            return;
        }
        if (!node.get().equals(cluster.volumes().node())) {
            // No engine removes what another has; there it is for the operator, and reconciling names it where it can
            // see it.
            LOG.warn(
                    "The volume of the deleted service {} stays on host {}, whose engine is out of reach",
                    service.serviceId(),
                    node.get());
            return;
        }
        long deadline = System.nanoTime() + ENDED.toNanos();
        while (true) {
            try {
                cluster.volumes().remove(service);
                return;
            } catch (EngineException e) {
                if (!e.isConflict() || System.nanoTime() > deadline) {
                    throw e;
                }
            }
            Waits.pause(LOOK);
        }
    }
}
