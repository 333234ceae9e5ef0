package dev.berth.domain;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * What a new image of one service has to pass before it gets traffic. It holds for deploys and rebuilds; what brings an image
 * back that served before passes freely.
 *
 * @param releaseDeadlineSeconds how long the release command may take, 5 to 1,800; empty is the platform's number
 */
public record DeployGates(Optional<ReleaseCommand> release, Optional<Integer> releaseDeadlineSeconds) {
    public static final DeployGates OPEN = new DeployGates(Optional.empty(), Optional.empty());

    private static final Duration RELEASE_DEADLINE = Duration.ofMinutes(10);

    public DeployGates {
        requireNonNull(release, "release is null");
        requireNonNull(releaseDeadlineSeconds, "releaseDeadlineSeconds is null");
    }

    /** How long the release command may take. */
    public Duration releaseDeadline() {
        return releaseDeadlineSeconds.map(Duration::ofSeconds).orElse(RELEASE_DEADLINE);
    }
}
