package dev.berth.store;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A signed-in browser.
 *
 * @param tokenId the API token that opened it and limits it
 * @param userAgent as the browser called itself, at most {@value #USER_AGENT_LENGTH} characters
 */
public record Session(
        UUID id,
        UUID userId,
        Optional<UUID> tokenId,
        InetAddress address,
        String userAgent,
        Instant lastUsedAt,
        Instant expiresAt,
        Instant createdAt) {
    public static final int USER_AGENT_LENGTH = 300;
}
