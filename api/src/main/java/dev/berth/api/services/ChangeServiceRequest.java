package dev.berth.api.services;

import dev.berth.domain.GatesDraft;
import dev.berth.domain.ServiceDraft;
import dev.berth.domain.TrafficDraft;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body that changes a service; missing fields stay, {@code env} is replaced as a whole. The next deploy brings it into effect. */
record ChangeServiceRequest(
        @Schema(minLength = 1, maxLength = 100) @Nullable String name,
        @Schema(maxLength = 2048) @Nullable String gitUrl,
        @Schema(minLength = 1, maxLength = 255) @Nullable String gitBranch,
        @Schema(minimum = "1", maximum = "100") @Nullable Integer replicas,
        @Schema(minimum = "0.01", maximum = "64") @Nullable BigDecimal cpuLimit,

        @Schema(minimum = "16", maximum = "1048576") @Nullable
        Integer memoryLimitMb,

        @Schema(minimum = "1", maximum = "65535") @Nullable Integer port,
        @Schema(maxLength = 512) @Nullable String healthPath,
        @Nullable Map<String, String> env,

        @Schema(
                minimum = "0",
                maximum = "3600",
                description = "How long a new deployment is watched; by default the platform's")
        @Nullable
        Integer soakSeconds,

        @Schema(
                minimum = "5",
                maximum = "3600",
                description = "How long it may take to get healthy; by default the platform's")
        @Nullable
        Integer healthDeadlineSeconds,

        @Schema(
                description = "What becomes of a deployment under way when a newer one is asked for",
                allowableValues = {"finish", "cancel"})
        @Nullable
        String onNewer,

        @Schema(description = "Whether an admin of the organisation approves each new version before it is started")
        @Nullable
        Boolean approvalRequired,

        @Schema(
                maxLength = 14,
                description = "Times of the week in which a new version may be started; at any time: []")
        @Nullable
        List<DeployWindowBody> deployWindows,

        @Schema(maxLength = 64, description = "Their time zone by its name; by default UTC", example = "Europe/Berlin")
        @Nullable
        String deployWindowZone,

        @Schema(
                maxLength = 64,
                description =
                        "Program and arguments that run once with a new image before it gets traffic; no shell reads them. None: []",
                example = "[\"node\", \"migrate.js\"]")
        @Nullable
        List<String> releaseCommand,

        @Schema(minimum = "5", maximum = "1800", description = "How long the release command may take; by default 600")
        @Nullable
        Integer releaseDeadlineSeconds,

        @Schema(
                description =
                        "How the traffic comes to a new deployment: all at once; a part first (canary), which is then promoted or aborted; or once what serves has ended (recreate)",
                allowableValues = {"blue_green", "canary", "recreate"})
        @Nullable
        String strategy,

        @Schema(minimum = "1", maximum = "99", description = "Percent of the requests that go to a canary") @Nullable
        Integer canaryWeight,

        @Schema(
                minimum = "0",
                maximum = "86400",
                description = "After how long a canary is promoted by itself; 0 = a person decides within a day")
        @Nullable
        Integer canaryHoldSeconds,

        @Schema(
                minimum = "1",
                maximum = "100",
                description =
                        "Percent of a canary's requests that may be answered by 5xx; beyond it is aborted by itself, once it has had 20 requests")
        @Nullable
        Integer canaryMaxErrorPercent,

        @Schema(
                minimum = "64",
                maximum = "1048576",
                description =
                        "Mebibytes of the folder /data, which stays until the service is deleted; asks for recreate and one replica")
        @Nullable
        Integer volumeMb) {
    ServiceDraft draft() {
        return new ServiceDraft(
                Optional.ofNullable(name),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(gitUrl),
                Optional.ofNullable(gitBranch),
                Optional.ofNullable(replicas),
                Optional.ofNullable(cpuLimit),
                Optional.ofNullable(memoryLimitMb),
                Optional.ofNullable(port),
                Optional.ofNullable(healthPath),
                Optional.ofNullable(env),
                Optional.ofNullable(soakSeconds),
                Optional.ofNullable(healthDeadlineSeconds),
                Optional.ofNullable(onNewer),
                new GatesDraft(
                        Optional.ofNullable(approvalRequired),
                        Optional.ofNullable(deployWindows).map(DeployWindowBody::drafts),
                        Optional.ofNullable(deployWindowZone),
                        Optional.ofNullable(releaseCommand),
                        Optional.ofNullable(releaseDeadlineSeconds)),
                new TrafficDraft(
                        Optional.ofNullable(strategy),
                        Optional.ofNullable(canaryWeight),
                        Optional.ofNullable(canaryHoldSeconds),
                        Optional.ofNullable(canaryMaxErrorPercent)),
                Optional.ofNullable(volumeMb));
    }

    @Override
    public String toString() {
        return "ChangeServiceRequest[…]";
    }
}
