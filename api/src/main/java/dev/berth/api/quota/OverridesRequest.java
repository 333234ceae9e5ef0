package dev.berth.api.quota;

import dev.berth.domain.InvalidInputException;
import dev.berth.domain.Violation;
import dev.berth.domain.quota.Amounts;
import dev.berth.domain.quota.Resource;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An organisation's own limits, all of them at once: what is missing is the platform's default again. */
record OverridesRequest(
        @Schema(minimum = "0", maximum = "1000000", example = "100") @Nullable
        Integer services,

        @Schema(
                minimum = "0",
                maximum = "1000000000",
                example = "200000",
                description = "Thousandths of a processor: replicas times the limit of each")
        @Nullable
        Integer cpuMillis,

        @Schema(
                minimum = "0",
                maximum = "1000000000",
                example = "204800",
                description = "Mebibytes: replicas times the limit of each")
        @Nullable
        Integer memoryMb,

        @Schema(
                minimum = "0",
                maximum = "1000000000",
                example = "204800",
                description = "Mebibytes of image layers that are kept")
        @Nullable
        Integer storageMb,

        @Schema(minimum = "0", maximum = "1000", example = "4", description = "Builds at a time; more of them wait")
        @Nullable
        Integer concurrentBuilds) {
    private static final int MOST = 1_000_000_000;
    private static final int MOST_SERVICES = 1_000_000;
    private static final int MOST_BUILDS = 1_000;

    /**
     * What is named.
     *
     * @throws InvalidInputException naming every limit that is out of its range
     */
    Map<Resource, Long> overrides() {
        List<Violation> violations = new ArrayList<>();
        Map<Resource, Long> overrides = new EnumMap<>(Resource.class);
        fields().forEach(field -> field.given().ifPresent(limit -> {
            if (limit < 0 || limit > field.most()) {
                violations.add(
                        Violation.of(field.name(), "must be a whole number from 0 to %d".formatted(field.most())));
            }
            overrides.put(field.resource(), (long) limit);
        }));
        refuse(violations);
        return overrides;
    }

    /** @throws InvalidInputException naming every limit that is missing or out of its range */
    Amounts all() {
        refuse(fields().stream()
                .filter(field -> field.given().isEmpty())
                .map(field -> Violation.of(field.name(), "is required"))
                .toList());
        return new Amounts(overrides());
    }

    private static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw new InvalidInputException(violations);
        }
    }

    private List<Field> fields() {
        return List.of(
                new Field("services", Resource.SERVICES, Optional.ofNullable(services), MOST_SERVICES),
                new Field("cpuMillis", Resource.CPU_MILLIS, Optional.ofNullable(cpuMillis), MOST),
                new Field("memoryMb", Resource.MEMORY_MB, Optional.ofNullable(memoryMb), MOST),
                new Field("storageMb", Resource.STORAGE_MB, Optional.ofNullable(storageMb), MOST),
                new Field(
                        "concurrentBuilds",
                        Resource.CONCURRENT_BUILDS,
                        Optional.ofNullable(concurrentBuilds),
                        MOST_BUILDS));
    }

    private record Field(String name, Resource resource, Optional<Integer> given, int most) {}
}
