package dev.berth.api.builds;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.access.StillAllowed;
import dev.berth.domain.BuildRef;
import dev.berth.store.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A build's log, whole or as it grows. */
@RestController
@RequestMapping("/api/containers/services/{serviceId}/builds/{buildId}/log")
@Tag(name = "Builds")
class BuildLogController {
    private final BuildLog log;
    private final StillAllowed allowed;

    BuildLogController(BuildLog log, StillAllowed allowed) {
        this.log = log;
        this.allowed = allowed;
    }

    @GetMapping(produces = MediaType.TEXT_PLAIN_VALUE)
    @Needs(Permission.READ)
    @Operation(operationId = "getBuildLog", summary = "The log so far, one line per line")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string")))
    void whole(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID serviceId,
            @PathVariable UUID buildId,
            HttpServletResponse response)
            throws IOException {
        log.write(new BuildRef(caller.organizationId(), serviceId, buildId), response);
    }

    @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Needs(Permission.READ)
    @Operation(
            operationId = "streamBuildLog",
            summary = "The log as server-sent events",
            description =
                    "Event line: id is the line's number, data {\"line\":n,\"at\":\"…\",\"text\":\"…\"}. Event end: the build is "
                            + "over and all its lines were sent. Last-Event-ID or after resumes behind that line; 204 says that nothing "
                            + "will come any more.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204", description = "Everything was sent on an earlier connection", content = @Content)
    void stream(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID serviceId,
            @PathVariable UUID buildId,
            @RequestParam Optional<String> after,
            @RequestHeader(name = "Last-Event-ID", required = false) Optional<String> lastEventId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        log.follow(
                new BuildLog.Reader(caller, () -> allowed.isStill(caller, request)),
                new BuildRef(caller.organizationId(), serviceId, buildId),
                LogPosition.of(lastEventId, after),
                response);
    }
}
