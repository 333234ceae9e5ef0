package dev.berth.activities.rollout;

import dev.berth.domain.ImageDigest;
import dev.berth.domain.ServiceRef;

/** What a roll-out needs of the registry. Every operation may be repeated. */
public interface Images {
    boolean has(ServiceRef service, ImageDigest image);

    /** Removes the image with every tag of it; nothing to do where it is gone. */
    void remove(ServiceRef service, ImageDigest image);

    /** Removes every image of the service. */
    void removeAll(ServiceRef service);
}
