package dev.berth.api.access;

import java.util.UUID;

/**
 * Who asks: a person, and the organisation that the token speaks for. Every row that an answer shows is that organisation's.
 *
 * @param platformAdmin whether the person runs the platform itself
 */
public record Caller(
        UUID userId,
        String email,
        boolean platformAdmin,
        UUID organizationId,
        String organizationName,
        String organizationSlug) {}
