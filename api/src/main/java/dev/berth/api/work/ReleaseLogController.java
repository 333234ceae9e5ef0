package dev.berth.api.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.http.ProblemException;
import dev.berth.domain.DeploymentRef;
import dev.berth.store.Caller;
import dev.berth.store.Deployments;
import dev.berth.store.LogLine;
import dev.berth.store.Releases;
import dev.berth.store.Tenancy;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a deployment's release command printed. It goes out in pieces and is never in memory as a whole. */
@RestController
@RequestMapping("/api/containers/services/{serviceId}/deployments/{deploymentId}/release-log")
@Tag(name = "Deployments")
class ReleaseLogController {
    private static final int LINES = 1_000;

    private final Tenancy tenancy;
    private final Deployments deployments;
    private final Releases releases;

    ReleaseLogController(Tenancy tenancy, Deployments deployments, Releases releases) {
        this.tenancy = tenancy;
        this.deployments = deployments;
        this.releases = releases;
    }

    @GetMapping(produces = MediaType.TEXT_PLAIN_VALUE)
    @Needs(Permission.READ)
    @Operation(
            operationId = "getReleaseLog",
            summary = "What the release command printed so far, one line per line; empty where none ran")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string")))
    void whole(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID serviceId,
            @PathVariable UUID deploymentId,
            HttpServletResponse response)
            throws IOException {
        DeploymentRef deployment = new DeploymentRef(caller.organizationId(), serviceId, deploymentId);
        List<LogLine> lines = read(deployment, 0);
        response.setContentType(MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8");
        OutputStream out = response.getOutputStream();
        while (!lines.isEmpty()) {
            for (LogLine line : lines) {
                out.write((line.text() + "\n").getBytes(UTF_8));
            }
            lines = read(deployment, lines.getLast().number());
        }
    }

    private List<LogLine> read(DeploymentRef deployment, int after) {
        return tenancy.inOrg(deployment.organizationId(), () -> {
            if (deployments.find(deployment).isEmpty()) {
                throw ProblemException.notFound("deployment");
            }
            return releases.after(deployment, after, LINES);
        });
    }
}
