package dev.berth.domain.quota;

import static java.util.Objects.requireNonNull;

/**
 * What a request wants and cannot have.
 *
 * @param wanted how much more it wants than it has; 0 where it only goes on with what it has, above the limit
 * @param used how much is taken already
 * @param limit how much there is in all
 */
public record Shortage(Resource resource, long wanted, long used, long limit) {
    public Shortage {
        requireNonNull(resource, "resource is null");
        if (wanted < 0 || used < 0 || limit < 0) {
            throw new IllegalArgumentException("Less than nothing: " + wanted + ", " + used + ", " + limit);
        }
    }

    /** {@code wants 500 more with 800 of 1000 thousandths of a processor taken}. */
    public String sentence() {
        return "wants %d more with %d of %d %s taken".formatted(wanted, used, limit, resource.unit());
    }
}
