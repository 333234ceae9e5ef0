package dev.berth.domain.edge;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * A host whose service was stopped: the edge answers 503 for it, with {@code Retry-After} and a header that says why.
 *
 * @param host lower-case DNS name, without port
 */
public record StoppedRoute(UUID serviceId, String host) {
    public StoppedRoute {
        requireNonNull(serviceId, "serviceId is null");
        EdgeRoute.requireHost(host);
    }
}
