package dev.berth.activities.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.domain.outbound.AddressRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How much of Swarm's address space is taken. Swarm itself says nothing when it runs out: tasks wait as {@code new} for ever, and
 * only the engine's log knows why.
 *
 * @param networks overlay networks in the pool, Swarm's own included
 * @param networksAtMost that the pool has room for; 0 where the engine does not tell its pool
 * @param use of each network, by its id
 */
public record AddressSpace(int networks, int networksAtMost, Map<String, Use> use) {
    private static final int WARN_PERCENT = 80;
    private static final int ALARM_PERCENT = 90;
    /** What a network keeps for the edge, a load balancer on each host, and the replicas of a deployment beside the old ones. */
    private static final int RESERVE = 10;

    public AddressSpace {
        use = Map.copyOf(use);
    }

    /**
     * @param taken addresses of tasks, of one load balancer for each host with a task, and of the gateway
     * @param usable addresses of the subnet, without its first and last
     */
    public record Use(String name, int taken, int usable) {
        public int percent() {
            return percentOf(taken, usable);
        }

        /** Whether another deployment could leave its tasks without addresses. */
        public boolean full() {
            return usable - taken < RESERVE;
        }
    }

    /** As it is now; three reads of the manager. */
    public static AddressSpace of(Engine engine) {
        return of(
                engine.get("/swarm"),
                engine.get("/networks?" + Engine.filters(Map.of("driver", List.of("overlay")))),
                engine.get("/tasks?" + Engine.filters(Map.of("desired-state", List.of("running")))));
    }

    /** From the engine's answers. Pure. */
    static AddressSpace of(JsonNode swarm, JsonNode networks, JsonNode tasks) {
        Map<String, Set<String>> taken = new TreeMap<>();
        for (JsonNode task : tasks) {
            for (JsonNode attachment : task.path("NetworksAttachments")) {
                Set<String> addresses = taken.computeIfAbsent(
                        attachment.path("Network").path("ID").asText(), ignored -> new HashSet<>());
                attachment.path("Addresses").forEach(address -> addresses.add(address.asText()));
                addresses.add("load balancer on " + task.path("NodeID").asText());
            }
        }
        Map<String, Use> use = new TreeMap<>();
        for (JsonNode network : networks) {
            String id = network.path("Id").asText();
            JsonNode subnet = network.path("IPAM").path("Config").path(0).path("Subnet");
            if (!subnet.isMissingNode()) {
                int bits = AddressRange.of(subnet.asText()).bits();
                use.put(
                        id,
                        new Use(
                                network.path("Name").asText(),
                                1 + taken.getOrDefault(id, Set.of()).size(),
                                (1 << Math.min(30, 32 - bits)) - 2));
            }
        }
        return new AddressSpace(use.size(), room(swarm), use);
    }

    private static int room(JsonNode swarm) {
        int size = swarm.path("SubnetSize").asInt();
        int room = 0;
        for (JsonNode pool : swarm.path("DefaultAddrPool")) {
            int spare = size - AddressRange.of(pool.asText()).bits();
            room += size == 0 || spare < 0 ? 0 : 1 << Math.min(24, spare);
        }
        return room;
    }

    public int percent() {
        return percentOf(networks, networksAtMost);
    }

    /** One sentence for each thing that is nearly used up, the pool first. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        warn(warnings, percent(), "Swarm's address pool", networks + " of " + networksAtMost + " networks");
        use.values().stream()
                .sorted(Comparator.comparing(Use::name))
                .forEach(each -> warn(
                        warnings,
                        each.percent(),
                        "The network " + each.name(),
                        each.taken() + " of " + each.usable() + " addresses"));
        return warnings;
    }

    private static void warn(List<String> warnings, int percent, String what, String amount) {
        if (percent >= WARN_PERCENT) {
            warnings.add(what + (percent >= ALARM_PERCENT ? " is almost used up: " : " fills up: ") + amount + " ("
                    + percent + " %)");
        }
    }

    /** For people: {@code 3 of 4096 networks, the fullest with 12 of 254 addresses}. */
    public String words() {
        String fullest = use.values().stream()
                .max(Comparator.comparingInt(Use::percent))
                .map(each -> ", the fullest with " + each.taken() + " of " + each.usable() + " addresses")
                .orElse("");
        return networks + (networksAtMost == 0 ? "" : " of " + networksAtMost) + " networks" + fullest;
    }

    private static int percentOf(int part, int whole) {
        return whole == 0 ? 0 : (int) (100L * part / whole);
    }
}
