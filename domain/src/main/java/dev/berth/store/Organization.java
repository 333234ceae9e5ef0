package dev.berth.store;

import java.time.Instant;
import java.util.UUID;

/** A tenant. */
public record Organization(UUID id, String name, String slug, Instant createdAt) {}
