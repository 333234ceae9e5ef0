package dev.berth.store;

import java.util.UUID;

/** A host whose service was stopped. */
public record StoppedRow(UUID serviceId, String host) {}
