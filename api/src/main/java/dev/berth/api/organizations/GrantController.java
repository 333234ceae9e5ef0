package dev.berth.api.organizations;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.audit.AuditTrail;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.api.http.ProblemException;
import dev.berth.domain.Role;
import dev.berth.domain.ServiceRef;
import dev.berth.store.AuditEntry.Subject;
import dev.berth.store.Caller;
import dev.berth.store.Cursor;
import dev.berth.store.Grants;
import dev.berth.store.Grants.Grant;
import dev.berth.store.Memberships;
import dev.berth.store.Services;
import dev.berth.store.Tenancy;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who may do more with one service than their role says. */
@RestController
@RequestMapping("/api/orgs/{organizationId}/services/{serviceId}/grants")
@Tag(name = "Organizations")
class GrantController {
    private static final List<Role> GRANTABLE = List.of(Role.DEVELOPER, Role.ADMIN);

    private final Tenancy tenancy;
    private final Grants grants;
    private final Memberships memberships;
    private final Services services;
    private final AuditTrail trail;

    GrantController(Tenancy tenancy, Grants grants, Memberships memberships, Services services, AuditTrail trail) {
        this.tenancy = tenancy;
        this.grants = grants;
        this.memberships = memberships;
        this.services = services;
        this.trail = trail;
    }

    @GetMapping
    @Needs(Permission.ADMINISTER)
    @Operation(operationId = "listGrants", summary = "Grants for a service, newest first")
    Page<GrantView> list(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID organizationId,
            @PathVariable UUID serviceId,
            PageRequest page) {
        requireService(organizationId, serviceId);
        List<Grant> rows =
                tenancy.asPlatform("grants", () -> grants.page(organizationId, serviceId, page.after(), page.rows()));
        return Page.of(rows, page.limit(), grant -> new Cursor(grant.createdAt(), grant.userId()), GrantView::of);
    }

    @PutMapping("/{userId}")
    @Needs(Permission.ADMINISTER)
    @Operation(operationId = "putGrant", summary = "Let a member do more with a service than their role says")
    ResponseEntity<Void> put(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID organizationId,
            @PathVariable UUID serviceId,
            @PathVariable UUID userId,
            @RequestBody PutGrantRequest body) {
        Role role = Words.role("role", body.role(), GRANTABLE);
        requireService(organizationId, serviceId);
        try {
            tenancy.asPlatform("grants", () -> {
                memberships.lock(organizationId);
                String email = memberships
                        .member(organizationId, userId)
                        .orElseThrow(() -> ProblemException.notFound("member"))
                        .email();
                grants.put(organizationId, serviceId, userId, role);
                trail.done(caller, "grant.change", subject(userId, email), detail(serviceId, role.word()));
            });
        } catch (DataIntegrityViolationException goneMeanwhile) {
            throw ProblemException.notFound("service");
        }
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/{userId}")
    @Needs(Permission.ADMINISTER)
    @Operation(operationId = "deleteGrant", summary = "Take a grant back, at once")
    ResponseEntity<Void> delete(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID organizationId,
            @PathVariable UUID serviceId,
            @PathVariable UUID userId) {
        tenancy.asPlatform("grants", () -> {
            if (!grants.delete(organizationId, serviceId, userId)) {
                throw ProblemException.notFound("grant");
            }
            trail.done(caller, "grant.change", subject(userId, ""), detail(serviceId, "none"));
        });
        return ResponseEntity.noContent().build();
    }

    private void requireService(UUID organizationId, UUID serviceId) {
        if (tenancy.inOrg(organizationId, () -> services.find(new ServiceRef(organizationId, serviceId)))
                .isEmpty()) {
            throw ProblemException.notFound("service");
        }
    }

    private static Subject subject(UUID userId, String email) {
        return new Subject("member", Optional.of(userId), email);
    }

    private static Map<String, String> detail(UUID serviceId, String role) {
        return Map.of("service", serviceId.toString(), "role", role);
    }

    record PutGrantRequest(
            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    allowableValues = {"developer", "admin"})
            @Nullable
            String role) {}

    @Schema(name = "Grant")
    record GrantView(UUID userId, String email, String displayName, Role role, Instant createdAt) {
        static GrantView of(Grant grant) {
            return new GrantView(grant.userId(), grant.email(), grant.displayName(), grant.role(), grant.createdAt());
        }
    }
}
