package dev.berth.activities.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.store.Hosts.Seen;
import dev.berth.store.Hosts.Seen.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The Swarm's nodes as hosts: what they have, and what the tasks on them have reserved. */
public final class SwarmNodes {
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final int NAME = 50;
    private static final int NAME_TAIL = 12;

    private SwarmNodes() {}

    /** As it is now; two reads of the manager. */
    public static List<Seen> of(Engine engine) {
        return of(
                engine.get("/nodes"),
                engine.get("/tasks?" + Engine.filters(Map.of("desired-state", List.of("running")))));
    }

    /** From the engine's answers. Pure. */
    static List<Seen> of(JsonNode nodes, JsonNode tasks) {
        Map<String, long[]> reserved = new HashMap<>();
        for (JsonNode task : tasks) {
            JsonNode reservations = task.path("Spec").path("Resources").path("Reservations");
            long[] sum = reserved.computeIfAbsent(task.path("NodeID").asText(), ignored -> new long[2]);
            sum[0] += reservations.path("NanoCPUs").asLong();
            sum[1] += reservations.path("MemoryBytes").asLong();
        }
        List<Seen> seen = new ArrayList<>();
        for (JsonNode node : nodes) {
            String id = node.path("ID").asText();
            JsonNode resources = node.path("Description").path("Resources");
            long[] taken = reserved.getOrDefault(id, new long[2]);
            seen.add(new Seen(
                    id,
                    name(node.path("Description").path("Hostname").asText(), id),
                    state(node),
                    (int) (resources.path("NanoCPUs").asLong() / NANOS_PER_MILLI),
                    resources.path("MemoryBytes").asLong(),
                    (int) (taken[0] / NANOS_PER_MILLI),
                    taken[1]));
        }
        return seen;
    }

    private static State state(JsonNode node) {
        if (!node.path("Status").path("State").asText().equals("ready")) {
            return State.UNHEALTHY;
        }
        // The others are pause and drain.
        return node.path("Spec").path("Availability").asText().equals("active") ? State.ACTIVE : State.DRAINING;
    }

    /** Two machines may call themselves the same, so a part of Swarm's id is in it. */
    private static String name(String hostname, String id) {
        String label = hostname.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String cut = label.substring(0, Math.min(NAME, label.length())).replaceAll("^-+", "");
        return (cut.isEmpty() || cut.endsWith("-") ? cut : cut + "-")
                + id.substring(0, Math.min(NAME_TAIL, id.length())).toLowerCase(Locale.ROOT);
    }
}
