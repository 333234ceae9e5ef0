package dev.berth.store;

import java.util.UUID;

/**
 * A host of which nothing serves.
 *
 * @param paused whether that is for a moment, because its next version takes the place of the last; else it was stopped
 */
public record StoppedRow(UUID serviceId, String host, boolean paused) {}
