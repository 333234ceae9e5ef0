package dev.berth.api.audit;

import dev.berth.api.access.Needs;
import dev.berth.api.access.OneQuery;
import dev.berth.api.access.Permission;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.TimeRange;
import dev.berth.store.Audit;
import dev.berth.store.AuditEntry;
import dev.berth.store.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An organisation's audit trail. */
@RestController
@RequestMapping("/api/orgs/{organizationId}/audit")
@Tag(name = "Audit")
class AuditController {
    private final AuditArchive archive;

    AuditController(AuditArchive archive) {
        this.archive = archive;
    }

    @GetMapping
    @OneQuery
    @Needs(Permission.ADMINISTER)
    @Operation(
            operationId = "listAuditEvents",
            summary = "What was done, by whom, from where, and what came of it; newest first",
            description = "actor and subject are ids; from is included, to is not.")
    Page<AuditEventView> list(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID organizationId,
            PageRequest page,
            @RequestParam Optional<String> action,
            @RequestParam Optional<UUID> actor,
            @RequestParam Optional<UUID> subject,
            @RequestParam Optional<UUID> operation,
            @RequestParam Optional<AuditEntry.Outcome> outcome,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) Optional<Instant> from,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) Optional<Instant> to) {
        return archive.page(
                own(caller, organizationId),
                new Audit.Filter(
                        action.map(AuditController::storable),
                        actor,
                        subject,
                        operation,
                        outcome,
                        from.map(time -> TimeRange.check("from", time)),
                        to.map(time -> TimeRange.check("to", time))),
                page);
    }

    @GetMapping(path = "/export", produces = AuditArchive.LINES)
    @Needs(Permission.ADMINISTER)
    @Operation(
            operationId = "exportAuditEvents",
            summary = "The whole trail in its order, one JSON object a line",
            description =
                    "The last line is {\"head\":{\"chainId\":…,\"sequence\":…,\"hash\":…}}. Keep it elsewhere: it shows later whether "
                            + "the trail up to there is still the same. A stream without that line broke off.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = AuditArchive.LINES, schema = @Schema(type = "string")))
    void export(@AuthenticationPrincipal Caller caller, @PathVariable UUID organizationId, HttpServletResponse response)
            throws IOException {
        archive.export(own(caller, organizationId), response);
    }

    @GetMapping("/verification")
    @Needs(Permission.ADMINISTER)
    @Operation(
            operationId = "verifyAuditEvents",
            summary = "Whether the trail is as it was written: no event changed, removed or put elsewhere")
    AuditVerificationView verification(@AuthenticationPrincipal Caller caller, @PathVariable UUID organizationId) {
        return archive.verify(own(caller, organizationId));
    }

    /** Another's organisation is not there for this caller. */
    private static UUID own(Caller caller, UUID organizationId) {
        if (!caller.organizationId().equals(organizationId)) {
            throw ProblemException.notFound("organisation");
        }
        return organizationId;
    }

    /** No action holds NUL, and no database can be asked for one. */
    private static String storable(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new ProblemException(Problem.ofParameter("action", "must not hold NUL"));
        }
        return text;
    }
}
