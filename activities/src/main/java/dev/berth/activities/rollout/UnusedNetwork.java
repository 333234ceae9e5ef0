package dev.berth.activities.rollout;

import dev.berth.activities.swarm.EngineException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes away the network of an organisation of which nothing runs any more. Another service of it may be coming up at the same
 * time: whenever the network has to stay, the edge is on it.
 */
final class UnusedNetwork {
    private static final Logger LOG = LoggerFactory.getLogger(UnusedNetwork.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Cluster cluster;

    UnusedNetwork(Cluster cluster) {
        this.cluster = cluster;
    }

    /** One that cannot go yet is used again by the organisation's next service. */
    void removeIfUnused(UUID organizationId) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<String> network = cluster.networks().find(organizationId);
            if (network.isEmpty()) {
                return;
            }
            if (isUsed(organizationId)) {
                // An attempt before this one may have taken the edge off.
                comeBackTo(network.get());
                return;
            }
            try {
                cluster.edge().leave(network.get());
                cluster.networks().remove(organizationId);
                return;
            } catch (EngineException e) {
                // Its last tasks are still ending, or something came up on it since it was asked: the next look sees
                // that.
                if (System.nanoTime() > deadline) {
                    comeBackTo(network.get());
                    LOG.warn("The network of organisation {} stays: {}", organizationId, e.getMessage());
                    return;
                }
            }
            Waits.pause(LOOK);
        }
    }

    /** Where it is going after all, or the edge is away, nothing is lost: the reconciler puts the edge on what is there. */
    private void comeBackTo(String network) {
        try {
            cluster.edge().join(List.of(network));
        } catch (EngineException going) {
            LOG.debug("The edge is not on the network {}: {}", network, going.getMessage());
        }
    }

    private boolean isUsed(UUID organizationId) {
        return !cluster.revisions().ofOrganization(organizationId).isEmpty()
                || cluster.jobs().all().stream()
                        .anyMatch(job -> job.deployment().organizationId().equals(organizationId));
    }
}
