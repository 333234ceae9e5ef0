package dev.berth.store;

import dev.berth.domain.TokenScope;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An API token's row; the token itself is nowhere.
 *
 * @param serviceId the only service that it is for
 * @param prefix its first characters, by which its holder knows it again
 */
public record Token(
        UUID id,
        UUID organizationId,
        UUID userId,
        String email,
        String name,
        TokenScope scope,
        Optional<UUID> serviceId,
        String prefix,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsedAt,
        Instant createdAt) {}
