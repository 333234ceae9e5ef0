package dev.berth.domain.edge;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.UUID;

/**
 * A host of which nothing serves: the edge answers 503 for it, with {@code Retry-After} and a header that says why.
 *
 * @param host lower-case DNS name, without port
 */
public record StoppedRoute(UUID serviceId, String host, Reason reason) {
    public StoppedRoute {
        requireNonNull(serviceId, "serviceId is null");
        requireNonNull(reason, "reason is null");
        EdgeRoute.requireHost(host);
    }

    /** Why, and when it is worth asking again. */
    public enum Reason {
        /** Its owner stopped it. */
        STOPPED(60),
        /** Its old version has ended and its new one is not up yet. */
        REPLACED(2);

        private final int retryAfterSeconds;

        Reason(int retryAfterSeconds) {
            this.retryAfterSeconds = retryAfterSeconds;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        int retryAfterSeconds() {
            return retryAfterSeconds;
        }
    }
}
