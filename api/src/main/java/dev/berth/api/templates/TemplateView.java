package dev.berth.api.templates;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A Nix expression with the defaults that a service made from it starts with. */
@Schema(name = "Template")
record TemplateView(
        UUID id,
        String slug,
        String name,
        String description,
        String category,
        String nixExpression,
        BigDecimal defaultCpuLimit,
        int defaultMemoryLimitMb,
        int defaultPort,
        Map<String, String> defaultEnv,
        Instant createdAt,
        Instant updatedAt) {}
