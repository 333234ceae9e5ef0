package dev.berth.api.quota;

import dev.berth.api.http.VersionTag;
import dev.berth.domain.quota.Resource;
import dev.berth.store.Quotas.Quota;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An organisation's own limits; null is the platform's default. */
@Schema(name = "QuotaOverrides")
record OverridesView(
        UUID organizationId,
        @Nullable Long services,
        @Nullable Long cpuMillis,
        @Nullable Long memoryMb,
        @Nullable Long storageMb,
        @Nullable Long concurrentBuilds,
        long version,
        Instant updatedAt) {
    static OverridesView of(Quota row) {
        return new OverridesView(
                row.organizationId(),
                row.overrides().get(Resource.SERVICES),
                row.overrides().get(Resource.CPU_MILLIS),
                row.overrides().get(Resource.MEMORY_MB),
                row.overrides().get(Resource.STORAGE_MB),
                row.overrides().get(Resource.CONCURRENT_BUILDS),
                row.version(),
                row.updatedAt());
    }

    String tag() {
        return VersionTag.of(version, updatedAt);
    }
}
