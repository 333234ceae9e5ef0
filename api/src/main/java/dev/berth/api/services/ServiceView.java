package dev.berth.api.services;

import dev.berth.api.http.VersionTag;
import dev.berth.domain.RolloutPolicy;
import dev.berth.domain.ServiceState;
import dev.berth.domain.TrafficPolicy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A service as the API shows it.
 *
 * @param soakSeconds how long a new deployment is watched once it has the traffic; null is the platform's number
 * @param healthDeadlineSeconds how long it may take to get healthy; null is the platform's number
 * @param onNewer what becomes of a deployment under way when a newer one is asked for
 * @param approvalRequired whether an admin approves each new version before it is started
 * @param deployWindows when it may be started; none: at any time
 * @param deployWindowZone of their days and times
 * @param releaseCommand program and arguments that run once with a new image before it gets traffic; null where there is none
 * @param releaseDeadlineSeconds how long they may take; null is 600
 * @param strategy how the traffic comes to a new deployment
 * @param canaryWeight percent of the requests that go to a canary
 * @param canaryHoldSeconds after how long a canary is promoted by itself; 0 = a person decides within a day
 * @param canaryMaxErrorPercent percent of a canary's requests that may be answered by 5xx
 * @param volumeMb mebibytes of the folder /data, which stays until the service is deleted; null where there is none
 * @param volumeHost Swarm's id of the one host that has the volume; null until something was started with it
 * @param status what was observed
 * @param url where it answers
 * @param currentDeploymentId the deployment whose route is live
 * @param version of the configuration; in quotes it is what If-Match asks for
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
        @Nullable Integer soakSeconds,
        @Nullable Integer healthDeadlineSeconds,
        RolloutPolicy.OnNewer onNewer,
        boolean approvalRequired,
        List<DeployWindowBody> deployWindows,
        String deployWindowZone,
        @Nullable List<String> releaseCommand,
        @Nullable Integer releaseDeadlineSeconds,
        TrafficPolicy.Strategy strategy,
        int canaryWeight,
        int canaryHoldSeconds,
        int canaryMaxErrorPercent,
        @Nullable Integer volumeMb,
        @Nullable String volumeHost,
        ServiceState status,
        String url,
        @Nullable UUID currentDeploymentId,
        long version,
        Instant createdAt,
        Instant updatedAt) {
    String location() {
        return "/api/containers/services/" + id;
    }

    String tag() {
        return VersionTag.of(version, updatedAt);
    }

    /** Values of the environment may be secret: they stay out of every log. */
    @Override
    public String toString() {
        return "ServiceView[" + id + " " + slug + "]";
    }
}
