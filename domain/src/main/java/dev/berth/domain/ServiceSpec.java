package dev.berth.domain;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What an organisation wants one service to be; {@link ServiceDraft} makes it and holds the rules.
 *
 * @param gitUrl {@code http} or {@code https}, without credentials
 * @param cpuLimit processors that one replica may use, in thousandths at the finest
 * @param memoryLimitMb mebibytes that one replica may use
 * @param port that the app listens on; it reads it from the environment variable {@code PORT}
 * @param healthPath that answers 2xx or 3xx when a replica can take requests
 * @param env the app's environment in the order given; its values may be secrets and are not printed
 * @param volumeMb size of its {@link Volume}, if it has one
 */
public record ServiceSpec(
        String name,
        Slug slug,
        Optional<UUID> templateId,
        String gitUrl,
        String gitBranch,
        int replicas,
        BigDecimal cpuLimit,
        int memoryLimitMb,
        int port,
        String healthPath,
        Map<String, String> env,
        RolloutPolicy rollout,
        Optional<Integer> volumeMb) {
    public ServiceSpec {
        requireNonNull(name, "name is null");
        requireNonNull(slug, "slug is null");
        requireNonNull(templateId, "templateId is null");
        requireNonNull(gitUrl, "gitUrl is null");
        requireNonNull(gitBranch, "gitBranch is null");
        requireNonNull(cpuLimit, "cpuLimit is null");
        requireNonNull(healthPath, "healthPath is null");
        requireNonNull(rollout, "rollout is null");
        requireNonNull(volumeMb, "volumeMb is null");
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }

    @Override
    public String toString() {
        return "ServiceSpec[" + slug + ", " + env.size() + " environment variables]";
    }
}
