package dev.berth.api.quota;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.store.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Limits, as the platform's admins set them. */
@RestController
@RequestMapping("/api/admin")
@Tag(name = "Platform")
class QuotaAdminController {
    private static final String IF_MATCH = "The ETag of what was read, its version in quotes, or *";

    private final QuotaDesk desk;

    QuotaAdminController(QuotaDesk desk) {
        this.desk = desk;
    }

    @GetMapping("/orgs/{organizationId}/quota")
    @Needs(Permission.OPERATE)
    @Operation(operationId = "getQuotaOverrides", summary = "The limits that an organisation has of its own")
    ResponseEntity<OverridesView> overrides(@PathVariable UUID organizationId) {
        return tagged(desk.overrides(organizationId));
    }

    @PutMapping("/orgs/{organizationId}/quota")
    @Needs(Permission.OPERATE)
    @Operation(
            operationId = "changeQuotaOverrides",
            summary = "Give an organisation limits of its own; what the body does not name is the platform's default")
    ResponseEntity<OverridesView> change(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID organizationId,
            @Parameter(required = true, description = IF_MATCH)
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @RequestBody OverridesRequest body) {
        return tagged(desk.change(caller, organizationId, ifMatch, body.overrides()));
    }

    private static ResponseEntity<OverridesView> tagged(OverridesView view) {
        return ResponseEntity.ok().eTag(view.tag()).body(view);
    }

    @GetMapping("/quota-defaults")
    @Needs(Permission.OPERATE)
    @Operation(operationId = "getQuotaDefaults", summary = "The limits of organisations that have none of their own")
    ResponseEntity<DefaultsView> defaults() {
        return tagged(desk.defaults());
    }

    @PutMapping("/quota-defaults")
    @Needs(Permission.OPERATE)
    @Operation(
            operationId = "changeQuotaDefaults",
            summary = "Change the limits of organisations that have none of their own")
    ResponseEntity<DefaultsView> changeDefaults(
            @AuthenticationPrincipal Caller caller,
            @Parameter(required = true, description = IF_MATCH)
                    @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable
                    String ifMatch,
            @RequestBody DefaultsRequest body) {
        return tagged(desk.changeDefaults(caller, ifMatch, body.limits()));
    }

    private static ResponseEntity<DefaultsView> tagged(DefaultsView view) {
        return ResponseEntity.ok().eTag(view.tag()).body(view);
    }
}
