package dev.berth.domain.placement;

/**
 * What new replicas reserve, each the same.
 *
 * @param cpuMillis of one replica, as it is reserved and not as it is limited
 */
public record Demand(int replicas, long cpuMillis, long memoryMb) {
    /** Processor time is shared, memory is not: a task gets a quarter of its processors for sure and all of its memory. */
    public static final int CPU_SHARE = 4;

    public Demand {
        if (replicas < 0 || cpuMillis < 1 || memoryMb < 1) {
            throw new IllegalArgumentException(
                    "No demand: %d replicas of %d and %d".formatted(replicas, cpuMillis, memoryMb));
        }
    }

    /** Of replicas with these limits. */
    public static Demand ofLimits(int replicas, int cpuMillis, int memoryMb) {
        return new Demand(replicas, Math.max(1, cpuMillis / CPU_SHARE), memoryMb);
    }
}
