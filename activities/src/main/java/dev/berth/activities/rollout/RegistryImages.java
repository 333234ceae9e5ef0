package dev.berth.activities.rollout;

import dev.berth.activities.Pulse;
import dev.berth.activities.registry.RegistryClient;
import dev.berth.activities.registry.Repository;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.ServiceRef;

/** {@link Images} in the platform's registry. Its calls are short and bounded, so no pulse is kept meanwhile. */
public final class RegistryImages implements Images {
    private static final Pulse NONE = () -> {};

    private final RegistryClient registry;

    public RegistryImages(RegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public boolean has(ServiceRef service, ImageDigest image) {
        return registry.exists(Repository.of(service), image, NONE);
    }

    @Override
    public void remove(ServiceRef service, ImageDigest image) {
        registry.delete(Repository.of(service), image, NONE);
    }

    @Override
    public void removeAll(ServiceRef service) {
        Repository repository = Repository.of(service);
        for (String tag : registry.tags(repository, NONE)) {
            registry.resolve(repository, tag, NONE).ifPresent(image -> registry.delete(repository, image, NONE));
        }
    }
}
