package dev.berth.domain;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How one service's deployments go; what is empty is the platform's number.
 *
 * @param soakSeconds how long a new deployment is watched after it got the traffic, 0 to 3,600
 * @param healthDeadlineSeconds how long its replicas may take to get healthy, 5 to 3,600
 * @param gates what a new image has to pass before
 * @param traffic how the traffic comes to it
 */
public record RolloutPolicy(
        Optional<Integer> soakSeconds,
        Optional<Integer> healthDeadlineSeconds,
        OnNewer onNewer,
        DeployGates gates,
        TrafficPolicy traffic) {
    public static final RolloutPolicy DEFAULT = new RolloutPolicy(
            Optional.empty(), Optional.empty(), OnNewer.FINISH, DeployGates.OPEN, TrafficPolicy.DEFAULT);

    public RolloutPolicy {
        requireNonNull(soakSeconds, "soakSeconds is null");
        requireNonNull(healthDeadlineSeconds, "healthDeadlineSeconds is null");
        requireNonNull(onNewer, "onNewer is null");
        requireNonNull(gates, "gates is null");
        requireNonNull(traffic, "traffic is null");
    }

    /** What becomes of a deployment under way when a newer one is asked for. */
    public enum OnNewer {
        /** It comes to its end, and the newer one waits. */
        FINISH,
        /** It is cancelled, and the newer one begins when it has cleared up. */
        CANCEL;

        static Optional<OnNewer> parse(String word) {
            return Arrays.stream(values())
                    .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst();
        }
    }
}
