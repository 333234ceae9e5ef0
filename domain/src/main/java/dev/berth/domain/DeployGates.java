package dev.berth.domain;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a new image of one service has to pass before it gets traffic. It holds for deploys and rebuilds; what brings an image
 * back that served before passes freely.
 *
 * @param approvalRequired whether an admin has to approve each new image before it is started
 * @param windows when it may be started
 * @param releaseDeadlineSeconds how long the release command may take, 5 to 1,800; empty is the platform's number
 */
public record DeployGates(
        boolean approvalRequired,
        DeployWindows windows,
        Optional<ReleaseCommand> release,
        Optional<Integer> releaseDeadlineSeconds) {
    public static final DeployGates OPEN =
            new DeployGates(false, DeployWindows.ALWAYS, Optional.empty(), Optional.empty());

    private static final Duration RELEASE_DEADLINE = Duration.ofMinutes(10);

    public DeployGates {
        requireNonNull(windows, "windows is null");
        requireNonNull(release, "release is null");
        requireNonNull(releaseDeadlineSeconds, "releaseDeadlineSeconds is null");
    }

    /** How long the release command may take. */
    public Duration releaseDeadline() {
        return releaseDeadlineSeconds.map(Duration::ofSeconds).orElse(RELEASE_DEADLINE);
    }

    /**
     * What keeps a deployment that is built from being started then; empty where nothing does.
     *
     * @param approved whether an admin has approved it
     */
    public Optional<Hold> hold(boolean approved, Instant moment) {
        if (approvalRequired && !approved) {
            return Optional.of(new Hold.Approval());
        }
        return windows.opensAfter(moment).map(Hold.Window::new);
    }

    /** Whether both hold the same versions for as long; a zone without windows says nothing. */
    public boolean holdsAs(DeployGates other) {
        boolean sameZone = windows.windows().isEmpty() || windows.zone().equals(other.windows.zone());
        return approvalRequired == other.approvalRequired
                && windows.windows().equals(other.windows.windows())
                && sameZone;
    }
}
