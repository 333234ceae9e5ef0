package dev.berth.workers;

import dev.berth.activities.Pulse;
import dev.berth.activities.registry.RegistryClient;
import dev.berth.activities.registry.Repository;
import dev.berth.activities.rollout.Images;
import dev.berth.domain.ImageDigest;
import dev.berth.domain.ServiceRef;

/** The registry as a roll-out sees it. */
record RegistryImages(RegistryClient registry) implements Images {
    /** These calls take milliseconds; the activity's own timeout is enough of an end. */
    private static final Pulse UNATTENDED = () -> {};

    @Override
    public boolean has(ServiceRef service, ImageDigest image) {
        return registry.exists(Repository.of(service), image, UNATTENDED);
    }

    @Override
    public void remove(ServiceRef service, ImageDigest image) {
        registry.delete(Repository.of(service), image, UNATTENDED);
    }

    @Override
    public void removeAll(ServiceRef service) {
        Repository repository = Repository.of(service);
        for (String tag : registry.tags(repository, UNATTENDED)) {
            registry.untag(repository, tag, UNATTENDED);
        }
    }
}
