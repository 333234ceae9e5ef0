package dev.berth.activities.reconcile;

import dev.berth.domain.BuildRef;
import dev.berth.domain.DeploymentRef;
import dev.berth.store.LogRetention;
import dev.berth.store.Tenancy;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Drops logs that are too old, a few services and a few logs at a time; for one thread. */
public final class OldLogs {
    private static final int SERVICES_AT_ONCE = 100;
    /** Each in a transaction of its own: one can be of 50,000 lines. */
    private static final int LOGS_AT_ONCE = 50;

    private static final UUID START = new UUID(0, 0);

    private final Tenancy tenancy;
    private final LogRetention retention;
    private final Clock clock;
    /** The last service that was looked at. */
    private UUID looked = START;

    public OldLogs(DataSource source, Clock clock) {
        this.tenancy = new Tenancy(source);
        this.retention = new LogRetention(source);
        this.clock = clock;
    }

    /**
     * Goes on with the services after those of the last call, or with the same ones where more is left than one call drops.
     *
     * @return how many logs were dropped
     */
    public int drop() {
        List<UUID> services = tenancy.asPlatform("old logs", () -> retention.services(looked, SERVICES_AT_ONCE));
        List<BuildRef> builds = tenancy.asPlatform("old logs", () -> retention.oldBuilds(services, LOGS_AT_ONCE));
        List<DeploymentRef> releases =
                tenancy.asPlatform("old logs", () -> retention.oldReleases(services, LOGS_AT_ONCE));
        for (BuildRef build : builds) {
            tenancy.asPlatform("old logs", () -> retention.drop(build, clock.instant()));
        }
        for (DeploymentRef deployment : releases) {
            tenancy.asPlatform("old logs", () -> retention.drop(deployment, clock.instant()));
        }
        if (builds.size() < LOGS_AT_ONCE && releases.size() < LOGS_AT_ONCE) {
            looked = services.size() < SERVICES_AT_ONCE ? START : services.getLast();
        }
        return builds.size() + releases.size();
    }
}
