package dev.berth.activities.rollout;

import dev.berth.activities.registry.PullCredential;
import dev.berth.activities.registry.RegistryKey;
import dev.berth.activities.registry.Repository;
import dev.berth.domain.DeploymentRef;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.ServiceRef;
import dev.berth.settings.Settings;
import dev.berth.settings.Settings.Volumes;
import dev.berth.store.Service;
import java.time.Duration;
import java.util.Optional;

/**
 * @param instance label of everything that this installation makes in an engine
 * @param registry {@code host:port} as engines reach it
 * @param registryKey of a registry that asks for tokens
 * @param retained how many deployments are kept for roll-back, the serving one included
 * @param volumes what keeps a volume from filling its host's disk
 */
public record RolloutSettings(
        String instance,
        String registry,
        Optional<RegistryKey> registryKey,
        Duration healthDeadline,
        Duration soak,
        Duration drain,
        int retained,
        Volumes volumes) {
    public static RolloutSettings of(Settings settings) {
        return new RolloutSettings(
                settings.instance(),
                settings.registryUrl().getAuthority(),
                settings.registryKey().map(RegistryKey::of),
                settings.healthDeadline(),
                settings.soak(),
                settings.drain(),
                settings.retainedDeployments(),
                settings.volumes());
    }

    /** How long a deployment of the service may take to get healthy. */
    Duration healthDeadline(Service service) {
        return service.rollout()
                .healthDeadlineSeconds()
                .map(Duration::ofSeconds)
                .orElse(healthDeadline);
    }

    /** How long a deployment of the service is watched once it has the traffic. */
    Duration soak(Service service) {
        return service.rollout().soakSeconds().map(Duration::ofSeconds).orElse(soak);
    }

    /** What hosts show the registry for this deployment's image. */
    Optional<PullCredential> pull(DeploymentRef deployment) {
        return registryKey.map(key -> PullCredential.of(
                key, Repository.of(new ServiceRef(deployment.organizationId(), deployment.serviceId()))));
    }

    /** How an engine names the deployment's image. */
    String image(DeploymentRef deployment, ImageDigest digest) {
        return registry + "/" + deployment.organizationId() + "/" + deployment.serviceId() + "@" + digest.value();
    }
}
