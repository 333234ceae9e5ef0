package dev.berth.api.services;

import dev.berth.domain.ServiceState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A service as the API shows it.
 *
 * @param status what was observed
 * @param url where it answers
 * @param currentDeploymentId the deployment whose route is live
 */
@Schema(name = "Service")
public record ServiceView(
        UUID id,
        String name,
        String slug,
        @Nullable UUID templateId,
        String gitUrl,
        String gitBranch,
        int replicas,
        BigDecimal cpuLimit,
        int memoryLimitMb,
        int port,
        String healthPath,
        Map<String, String> env,
        ServiceState status,
        String url,
        @Nullable UUID currentDeploymentId,
        Instant createdAt,
        Instant updatedAt) {
    /** Values of the environment may be secret: they stay out of every log. */
    @Override
    public String toString() {
        return "ServiceView[" + id + " " + slug + "]";
    }
}
