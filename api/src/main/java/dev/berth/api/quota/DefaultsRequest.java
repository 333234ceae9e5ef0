package dev.berth.api.quota;

import dev.berth.domain.quota.Amounts;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/** The platform's default limits, all of them. */
record DefaultsRequest(
        @Schema(requiredMode = RequiredMode.REQUIRED, minimum = "0", maximum = "1000000", example = "100") @Nullable
        Integer services,

        @Schema(
                requiredMode = RequiredMode.REQUIRED,
                minimum = "0",
                maximum = "1000000000",
                example = "200000",
                description = "Thousandths of a processor: replicas times the limit of each")
        @Nullable
        Integer cpuMillis,

        @Schema(
                requiredMode = RequiredMode.REQUIRED,
                minimum = "0",
                maximum = "1000000000",
                example = "204800",
                description = "Mebibytes: replicas times the limit of each")
        @Nullable
        Integer memoryMb,

        @Schema(
                requiredMode = RequiredMode.REQUIRED,
                minimum = "0",
                maximum = "1000000000",
                example = "204800",
                description = "Mebibytes of image layers that are kept")
        @Nullable
        Integer storageMb,

        @Schema(
                requiredMode = RequiredMode.REQUIRED,
                minimum = "0",
                maximum = "1000",
                example = "4",
                description = "Builds at a time; more of them wait")
        @Nullable
        Integer concurrentBuilds) {
    /** @throws dev.berth.domain.InvalidInputException naming every limit that is missing or out of its range */
    Amounts limits() {
        return new OverridesRequest(services, cpuMillis, memoryMb, storageMb, concurrentBuilds).all();
    }
}
