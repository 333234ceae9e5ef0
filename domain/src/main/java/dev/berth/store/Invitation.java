package dev.berth.store;

import dev.berth.domain.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** An organisation's word to an e-mail address that its holder may come in. */
public record Invitation(
        UUID id,
        UUID organizationId,
        String email,
        Role role,
        Optional<UUID> invitedBy,
        Instant expiresAt,
        Instant createdAt) {}
