package dev.berth.activities.rollout;

import dev.berth.domain.DeploymentRef;
import dev.berth.domain.ImageDigest;
import dev.berth.settings.Settings;
import java.time.Duration;

/**
 * @param instance label of everything that this installation makes in an engine
 * @param registry {@code host:port} as engines reach it
 * @param retained how many deployments are kept for roll-back, the serving one included
 */
public record RolloutSettings(
        String instance, String registry, Duration healthDeadline, Duration soak, Duration drain, int retained) {
    public static RolloutSettings of(Settings settings) {
        return new RolloutSettings(
                settings.instance(),
                settings.registryUrl().getAuthority(),
                settings.healthDeadline(),
                settings.soak(),
                settings.drain(),
                settings.retainedDeployments());
    }

    /** How an engine names the deployment's image. */
    String image(DeploymentRef deployment, ImageDigest digest) {
        return registry + "/" + deployment.organizationId() + "/" + deployment.serviceId() + "@" + digest.value();
    }
}
