package dev.berth.activities.builds;

import static java.util.Objects.requireNonNull;

import dev.berth.activities.ActivityFailures;
import dev.berth.domain.BuildRef;
import dev.berth.domain.Failure;
import dev.berth.domain.FailureCode;
import dev.berth.store.Build;
import dev.berth.store.Builds;
import dev.berth.store.Tenancy;
import java.util.function.Function;

/** The rows of builds, each asked for in its organisation's name and in a transaction of its own. */
public final class BuildRows {
    private final Tenancy tenancy;
    private final Builds builds;

    public BuildRows(Tenancy tenancy, Builds builds) {
        this.tenancy = requireNonNull(tenancy, "tenancy is null");
        this.builds = requireNonNull(builds, "builds is null");
    }

    Build get(BuildRef build) {
        return in(build, rows -> row(rows, build));
    }

    <T> T in(BuildRef build, Function<Builds, T> work) {
        return tenancy.inOrg(build.organizationId(), () -> work.apply(builds));
    }

    static Build row(Builds rows, BuildRef build) {
        return rows.find(build)
                .orElseThrow(() -> ActivityFailures.of(
                        Failure.of(FailureCode.CANCELLED, "The service was deleted while it was being built.", "")));
    }
}
