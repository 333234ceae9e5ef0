package dev.berth.domain.reconcile;

import static java.util.Objects.requireNonNull;

import dev.berth.domain.ServiceRef;

/**
 * A volume of this installation, on the host of the engine that was asked.
 *
 * @param service whose it is by its labels and its name
 * @param name the engine's name of it
 */
public record SeenVolume(ServiceRef service, String name) {
    public SeenVolume {
        requireNonNull(service, "service is null");
        if (name.isBlank()) {
            throw new IllegalArgumentException("A volume has a name");
        }
    }
}
