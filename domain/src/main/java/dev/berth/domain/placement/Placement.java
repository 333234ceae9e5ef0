package dev.berth.domain.placement;

import dev.berth.domain.quota.Resource;
import dev.berth.domain.quota.Shortage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToLongFunction;

/** Whether and where new replicas fit. Pure: the same hosts and demand give the same answer. */
public sealed interface Placement {
    /** @param replicas how many go to each host; hosts that get none are left out */
    record Fits(Map<UUID, Integer> replicas) implements Placement {
        public Fits {
            replicas = Map.copyOf(replicas);
        }
    }

    /**
     * @param fitting how many replicas there is room for
     * @param shortages what lacks, over all hosts that take replicas; enough in all may still be too little on each
     */
    record Missing(int fitting, List<Shortage> shortages) implements Placement {
        public Missing {
            shortages = List.copyOf(shortages);
        }
    }

    /**
     * Spreads: each replica goes to the host with the fewest of them that has room, among equals to the one with the most free
     * memory, among those to the lowest id. All replicas are of one size, so no other order finds room for more.
     */
    static Placement of(List<Host> hosts, Demand demand) {
        List<Host> open = hosts.stream().filter(Host::schedulable).toList();
        Map<UUID, Integer> placed = new HashMap<>();
        for (int replica = 0; replica < demand.replicas(); replica++) {
            Optional<Host> chosen = open.stream()
                    .filter(host -> room(host, demand) > placed.getOrDefault(host.id(), 0))
                    .min(Comparator.comparingInt((Host host) -> placed.getOrDefault(host.id(), 0))
                            .thenComparing(Host::freeMemoryMb, Comparator.reverseOrder())
                            .thenComparing(Host::id));
            if (chosen.isEmpty()) {
                return new Missing(replica, shortages(open, demand));
            }
            placed.merge(chosen.get().id(), 1, Integer::sum);
        }
        return new Fits(placed);
    }

    /** How many replicas the host has room for. */
    private static long room(Host host, Demand demand) {
        return Math.min(host.freeCpuMillis() / demand.cpuMillis(), host.freeMemoryMb() / demand.memoryMb());
    }

    private static List<Shortage> shortages(List<Host> open, Demand demand) {
        Shortage cpu = new Shortage(
                Resource.CPU_MILLIS,
                demand.replicas() * demand.cpuMillis(),
                sum(open, Host::reservedCpuMillis),
                sum(open, Host::cpuMillis));
        Shortage memory = new Shortage(
                Resource.MEMORY_MB,
                demand.replicas() * demand.memoryMb(),
                sum(open, Host::reservedMemoryMb),
                sum(open, Host::memoryMb));
        List<Shortage> found = new ArrayList<>();
        if (sum(open, host -> host.freeCpuMillis() / demand.cpuMillis()) < demand.replicas()) {
            found.add(cpu);
        }
        if (sum(open, host -> host.freeMemoryMb() / demand.memoryMb()) < demand.replicas()) {
            found.add(memory);
        }
        // One host has the processors and another the memory.
        return found.isEmpty() ? List.of(cpu, memory) : found;
    }

    private static long sum(List<Host> hosts, ToLongFunction<Host> amount) {
        return hosts.stream().mapToLong(amount).sum();
    }
}
