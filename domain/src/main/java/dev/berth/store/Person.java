package dev.berth.store;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** An account. What proves that somebody is its holder stays in the table. */
public record Person(
        UUID id,
        String email,
        String displayName,
        boolean platformAdmin,
        boolean hasPassword,
        boolean hasSecondFactor,
        Optional<Instant> emailVerifiedAt,
        Optional<Instant> disabledAt,
        Instant createdAt) {}
