package dev.berth.local.e2e;

import java.util.Locale;

/** What dies in a cell of the chaos suite. */
enum Victim {
    TEMPORAL_WORKER,
    API,
    TEMPORAL,
    POSTGRES,
    DOCKERD,
    REGISTRY,
    EDGE,
    REDIS;

    /** As {@code ./berth} calls it. */
    String part() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Apps and edge stop with the engine, and no request is answered while the edge is dead; all else must cost none. */
    boolean carriesTraffic() {
        return this == DOCKERD || this == EDGE;
    }

    /** The two that run Berth's own code die at every point, the others at chosen ones. */
    boolean isOfBerth() {
        return this == TEMPORAL_WORKER || this == API;
    }
}
