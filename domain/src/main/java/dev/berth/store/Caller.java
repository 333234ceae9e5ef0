package dev.berth.store;

import java.util.UUID;

/** Who a token speaks for, and where. {@code role} is one of owner, admin, developer, viewer. */
public record Caller(
        UUID tokenId,
        UUID userId,
        String email,
        boolean platformAdmin,
        UUID organizationId,
        String organizationName,
        String organizationSlug,
        String role) {}
