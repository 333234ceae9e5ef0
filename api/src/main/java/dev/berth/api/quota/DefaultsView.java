package dev.berth.api.quota;

import dev.berth.api.http.VersionTag;
import dev.berth.domain.quota.Amounts;
import dev.berth.domain.quota.Resource;
import dev.berth.store.Quotas.Defaults;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** The limits of every organisation that has none of its own. */
@Schema(name = "QuotaDefaults")
record DefaultsView(
        long services,
        long cpuMillis,
        long memoryMb,
        long storageMb,
        long concurrentBuilds,
        long version,
        Instant updatedAt) {
    static DefaultsView of(Defaults row) {
        Amounts limits = row.limits();
        return new DefaultsView(
                limits.of(Resource.SERVICES),
                limits.of(Resource.CPU_MILLIS),
                limits.of(Resource.MEMORY_MB),
                limits.of(Resource.STORAGE_MB),
                limits.of(Resource.CONCURRENT_BUILDS),
                row.version(),
                row.updatedAt());
    }

    String tag() {
        return VersionTag.of(version, updatedAt);
    }
}
