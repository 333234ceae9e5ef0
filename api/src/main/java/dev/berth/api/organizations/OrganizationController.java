package dev.berth.api.organizations;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Needs.OneService;
import dev.berth.api.access.Permission;
import dev.berth.api.audit.AuditTrail;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.api.people.Founding;
import dev.berth.api.people.Text;
import dev.berth.domain.Role;
import dev.berth.store.AuditEntry.Subject;
import dev.berth.store.Caller;
import dev.berth.store.Cursor;
import dev.berth.store.Memberships;
import dev.berth.store.Memberships.Joined;
import dev.berth.store.Organization;
import dev.berth.store.Organizations;
import dev.berth.store.People;
import dev.berth.store.Tenancy;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The caller's organisations. */
@RestController
@RequestMapping("/api/orgs")
@Tag(name = "Organizations")
class OrganizationController {
    private final Tenancy tenancy;
    private final Organizations organizations;
    private final Memberships memberships;
    private final People people;
    private final Founding founding;
    private final AuditTrail trail;

    OrganizationController(
            Tenancy tenancy,
            Organizations organizations,
            Memberships memberships,
            People people,
            Founding founding,
            AuditTrail trail) {
        this.tenancy = tenancy;
        this.organizations = organizations;
        this.memberships = memberships;
        this.people = people;
        this.founding = founding;
        this.trail = trail;
    }

    @GetMapping
    @Needs(Permission.SIGNED_IN)
    @Operation(
            operationId = "listOrganizations",
            summary = "The organisations that you belong to, newest membership first; a token sees its own only")
    Page<OrganizationView> list(@AuthenticationPrincipal Caller caller, PageRequest page) {
        Optional<UUID> only = caller.token().map(token -> caller.organizationId());
        List<Joined> rows = tenancy
                .asPlatform("organisations", () -> memberships.joined(caller.userId(), page.after(), page.rows()))
                .stream()
                .filter(joined -> only.map(joined.organizationId()::equals).orElse(true))
                .toList();
        return Page.of(
                rows,
                page.limit(),
                joined -> new Cursor(joined.since(), joined.organizationId()),
                joined -> new OrganizationView(joined.organizationId(), joined.name(), joined.slug(), joined.role()));
    }

    @PostMapping
    @Needs(Permission.IN_PERSON)
    @Operation(operationId = "createOrganization", summary = "A new organisation, with you as its owner")
    ResponseEntity<OrganizationView> create(
            @AuthenticationPrincipal Caller caller, @RequestBody CreateOrganizationRequest body) {
        String name = Text.name("name", body.name());
        Organization made = tenancy.asPlatform(
                "organisations",
                () -> founding.found(name, people.find(caller.userId()).orElseThrow()));
        return ResponseEntity.created(URI.create("/api/orgs/" + made.id())).body(view(made, Role.OWNER));
    }

    @GetMapping("/{organizationId}")
    @Needs(value = Permission.READ, oneService = OneService.MINDED)
    @Operation(operationId = "getOrganization", summary = "One of your organisations")
    OrganizationView get(@AuthenticationPrincipal Caller caller, @PathVariable UUID organizationId) {
        return tenancy.asPlatform("organisations", () -> current(caller));
    }

    @PatchMapping("/{organizationId}")
    @Needs(Permission.OWN)
    @Operation(operationId = "changeOrganization", summary = "Rename an organisation; its slug stays")
    OrganizationView change(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID organizationId,
            @RequestBody ChangeOrganizationRequest body) {
        String name = Text.name("name", body.name());
        return tenancy.asPlatform("organisations", () -> {
            organizations.rename(organizationId, name);
            trail.done(caller, "organization.change", subject(organizationId, name), Map.of("fields", "name"));
            return current(caller);
        });
    }

    @DeleteMapping("/{organizationId}")
    @Needs(Permission.OWN)
    @Operation(operationId = "deleteOrganization", summary = "Remove an organisation that has no services any more")
    ResponseEntity<Void> delete(@AuthenticationPrincipal Caller caller, @PathVariable UUID organizationId) {
        tenancy.asPlatform("organisations", () -> {
            memberships.lock(organizationId);
            if (organizations.hasServices(organizationId)) {
                throw new ProblemException(
                        Problem.of(ProblemType.CONFLICT, "The organisation has services; delete them first."));
            }
            String name = caller.membership().orElseThrow().name();
            organizations.delete(organizationId);
            trail.done(caller, "organization.delete", subject(organizationId, name), Map.of());
        });
        return ResponseEntity.noContent().build();
    }

    private OrganizationView current(Caller caller) {
        return organizations
                .find(caller.organizationId())
                .map(found -> view(found, caller.membership().orElseThrow().role()))
                .orElseThrow(() -> ProblemException.notFound("organisation"));
    }

    private static OrganizationView view(Organization organization, Role role) {
        return new OrganizationView(organization.id(), organization.name(), organization.slug(), role);
    }

    private static Subject subject(UUID id, String name) {
        return new Subject("organization", Optional.of(id), name);
    }

    record CreateOrganizationRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED, minLength = 1, maxLength = 100) @Nullable
            String name) {}

    record ChangeOrganizationRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED, minLength = 1, maxLength = 100) @Nullable
            String name) {}

    /** @param role yours in it */
    @Schema(name = "Organization")
    record OrganizationView(UUID id, String name, String slug, Role role) {}
}
