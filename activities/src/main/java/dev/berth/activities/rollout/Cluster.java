package dev.berth.activities.rollout;

import dev.berth.activities.edge.EdgeNetworks;
import dev.berth.activities.swarm.Engine;
import dev.berth.activities.swarm.Jobs;
import dev.berth.activities.swarm.OrgNetworks;
import dev.berth.activities.swarm.Revisions;
import dev.berth.activities.swarm.Volumes;

/** The Swarm side of a roll-out. */
record Cluster(
        Engine engine, Revisions revisions, Jobs jobs, Volumes volumes, OrgNetworks networks, EdgeNetworks edge) {
    /** @param edgeContainer name of the edge's container on this engine */
    static Cluster of(Engine engine, String instance, String edgeContainer) {
        return new Cluster(
                engine,
                new Revisions(engine, instance),
                new Jobs(engine, instance),
                new Volumes(engine, instance),
                new OrgNetworks(engine, instance),
                new EdgeNetworks(engine, edgeContainer));
    }
}
