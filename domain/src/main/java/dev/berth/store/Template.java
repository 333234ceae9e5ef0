package dev.berth.store;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A Nix expression with defaults. {@code category} is one of web, api, static, database, stack. */
public record Template(
        UUID id,
        String slug,
        String name,
        String description,
        String category,
        String nixExpression,
        int defaultCpuMillis,
        int defaultMemoryMb,
        int defaultPort,
        Map<String, String> defaultEnv,
        Instant createdAt,
        Instant updatedAt) {}
