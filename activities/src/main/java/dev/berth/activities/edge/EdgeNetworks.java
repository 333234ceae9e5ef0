package dev.berth.activities.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.activities.swarm.Engine;
import dev.berth.activities.swarm.EngineException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Joins the running edge to organisations' networks, live: no restart, no lost request. */
public final class EdgeNetworks {
    private final Engine engine;
    private final String container;

    /** @param container name of the edge's container */
    public EdgeNetworks(Engine engine, String container) {
        this.engine = engine;
        this.container = container;
    }

    /**
     * Joins the networks that the edge is not on yet; about 0.8 s each, some milliseconds where there is nothing to do.
     *
     * @throws EngineException where there is no edge
     */
    public void join(Collection<String> networkIds) {
        missing(networkIds).forEach(this::join);
    }

    /**
     * Those of the networks that the edge is not on.
     *
     * @throws EngineException where there is no edge
     */
    public List<String> missing(Collection<String> networkIds) {
        Set<String> joined = new HashSet<>();
        JsonNode networks = engine.get("/containers/" + container + "/json")
                .path("NetworkSettings")
                .path("Networks");
        networks.forEach(network -> joined.add(network.path("NetworkID").asText()));
        return networkIds.stream()
                .filter(networkId -> !joined.contains(networkId))
                .toList();
    }

    /** @throws EngineException where there is no edge, or no such network */
    public void join(String networkId) {
        try {
            engine.post("/networks/" + networkId + "/connect", engine.object().put("Container", container));
        } catch (EngineException e) {
            // Somebody else joined it meanwhile.
            if (!e.getMessage().contains("already exists")) {
                throw e;
            }
        }
    }

    /** Leaves a network that is about to go. */
    public void leave(String networkId) {
        try {
            engine.post(
                    "/networks/" + networkId + "/disconnect",
                    engine.object().put("Container", container).put("Force", true));
        } catch (EngineException e) {
            if (e.status() != 404 && !e.getMessage().contains("is not connected")) {
                throw e;
            }
        }
    }
}
