package dev.berth.local.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.activities.swarm.Engine;
import dev.berth.local.LocalFailure;
import dev.berth.local.supervise.Narrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the engine a single-node Swarm where it is in none. Where we did, a marker file remembers it. */
final class SwarmSetup {
    /** A lost host is noticed after 2 heartbeats; the default of 5 s doubles the time to replace what it ran. */
    private static final long HEARTBEAT_NANOSECONDS = 2_000_000_000L;

    /** 4,096 networks of 254 addresses: one network per organisation. */
    private static final String POOL = "10.128.0.0/12";

    private static final int POOL_MASK = 24;
    private static final int MANAGER_PORT = 2377;

    private final Path marker;
    private final Optional<String> advertise;
    private final Narrator narrator;

    SwarmSetup(Path marker, Map<String, String> environment, Narrator narrator) {
        this.marker = marker;
        this.advertise = Optional.ofNullable(environment.get("DOCKER_SWARM_ADVERTISE_ADDR"))
                .filter(text -> !text.isBlank());
        this.narrator = narrator;
    }

    /** @throws LocalFailure where the engine is a mere worker of someone's Swarm */
    void ensure(Engine engine) throws IOException {
        Engine.SwarmMembership membership = engine.membership();
        if (membership.isActive()) {
            if (!membership.manager()) {
                throw new LocalFailure(
                        "The engine is a worker of a Swarm; Berth needs a manager. Use BERTH_ENGINE=own or "
                                + "leave that Swarm (docker swarm leave).");
            }
            return;
        }
        if (!"inactive".equals(membership.state())) {
            return;
        }
        narrator.say("dockerd", "is in no Swarm: starting one of this machine alone");
        ObjectNode request = engine.object()
                .put("ListenAddr", (advertise.isPresent() ? "0.0.0.0:" : "127.0.0.1:") + MANAGER_PORT)
                .put("AdvertiseAddr", advertise.orElse("127.0.0.1"))
                .put("SubnetSize", POOL_MASK);
        request.putArray("DefaultAddrPool").add(POOL);
        request.putObject("Spec").putObject("Dispatcher").put("HeartbeatPeriod", HEARTBEAT_NANOSECONDS);
        engine.post("/swarm/init", request);
        Files.writeString(marker, "Berth made this engine's Swarm; down --purge leaves it again.\n");
    }

    /**
     * Leaves the Swarm that we made, once what is ours is removed from it; another's, and one that others use by now, is left
     * alone. The marker goes last, so that what was interrupted is done again.
     */
    void undo(Engine engine) throws IOException {
        if (Files.notExists(marker)) {
            return;
        }
        if (engine.membership().isActive()) {
            List<String> used = usedBy(engine);
            if (used.isEmpty()) {
                engine.post("/swarm/leave?force=true");
            } else {
                narrator.say(
                        "dockerd",
                        "its Swarm is kept, since it has " + String.join(", ", used)
                                + "; docker swarm leave --force ends it");
            }
        }
        Files.delete(marker);
    }

    private static List<String> usedBy(Engine engine) {
        List<String> used = new ArrayList<>();
        for (String kind : List.of("services", "secrets", "configs")) {
            int count = engine.get("/" + kind).size();
            if (count > 0) {
                used.add(kind + " of others (" + count + ")");
            }
        }
        int nodes = engine.get("/nodes").size();
        if (nodes != 1) {
            used.add(nodes + " nodes");
        }
        return used;
    }
}
