package dev.berth.domain.placement;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * A machine that runs containers, as it was seen last.
 *
 * @param schedulable whether it takes new replicas: ready, not draining, not paused
 * @param reservedCpuMillis what its tasks have reserved; may exceed what it has where it was made smaller
 */
public record Host(
        UUID id, boolean schedulable, long cpuMillis, long memoryMb, long reservedCpuMillis, long reservedMemoryMb) {
    public Host {
        requireNonNull(id, "id is null");
        if (cpuMillis < 0 || memoryMb < 0 || reservedCpuMillis < 0 || reservedMemoryMb < 0) {
            throw new IllegalArgumentException("A host has less than nothing");
        }
    }

    public long freeCpuMillis() {
        return Math.max(0, cpuMillis - reservedCpuMillis);
    }

    public long freeMemoryMb() {
        return Math.max(0, memoryMb - reservedMemoryMb);
    }
}
