package dev.berth.activities.registry;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * What a host shows the registry to pull the images of one service: it reads that repository and writes nowhere. Kept by
 * Swarm's managers with the service, encrypted in their log, and never shown again by the engine's API.
 *
 * @param header value of {@code X-Registry-Auth}
 */
public record PullCredential(String header) {
    /** A task may be started on another host years after its deployment; a new key ends all of them at once. */
    private static final Duration VALIDITY = Duration.ofDays(3_650);

    public static PullCredential of(RegistryKey key, Repository repository) {
        String token = key.token(List.of(RegistryKey.Grant.pull(repository)), VALIDITY);
        String json = "{\"registrytoken\":\"" + token + "\"}";
        return new PullCredential(Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public String toString() {
        return "PullCredential[…]";
    }
}
