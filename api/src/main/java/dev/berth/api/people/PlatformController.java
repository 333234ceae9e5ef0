package dev.berth.api.people;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.audit.AuditTrail;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.domain.InvalidInputException;
import dev.berth.domain.Violation;
import dev.berth.store.Audit;
import dev.berth.store.AuditEntry.Subject;
import dev.berth.store.Caller;
import dev.berth.store.Cursor;
import dev.berth.store.Invitation;
import dev.berth.store.Invitations;
import dev.berth.store.Organization;
import dev.berth.store.Organizations;
import dev.berth.store.People;
import dev.berth.store.Person;
import dev.berth.store.Sessions;
import dev.berth.store.Tenancy;
import dev.berth.store.Tokens;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the platform's admins see: who is here. Not what they have. */
@RestController
@RequestMapping("/api/platform")
@Tag(name = "Platform")
class PlatformController {
    private final Tenancy tenancy;
    private final Organizations organizations;
    private final People people;
    private final Sessions sessions;
    private final Tokens tokens;
    private final Invitations invitations;
    private final AuditTrail trail;
    private final Clock clock;

    PlatformController(
            Tenancy tenancy,
            Organizations organizations,
            People people,
            Sessions sessions,
            Tokens tokens,
            Invitations invitations,
            AuditTrail trail,
            Clock clock) {
        this.tenancy = tenancy;
        this.organizations = organizations;
        this.people = people;
        this.sessions = sessions;
        this.tokens = tokens;
        this.invitations = invitations;
        this.trail = trail;
        this.clock = clock;
    }

    @GetMapping("/organizations")
    @Needs(Permission.OPERATE)
    @Operation(operationId = "listAllOrganizations", summary = "All organisations, newest first")
    Page<PlatformOrganizationView> organizations(PageRequest page) {
        List<Organization> rows = tenancy.asPlatform("platform", () -> organizations.page(page.after(), page.rows()));
        return Page.of(
                rows,
                page.limit(),
                organization -> new Cursor(organization.createdAt(), organization.id()),
                organization -> new PlatformOrganizationView(
                        organization.id(), organization.name(), organization.slug(), organization.createdAt()));
    }

    @GetMapping("/users")
    @Needs(Permission.OPERATE)
    @Operation(operationId = "listAllUsers", summary = "All people, newest first")
    Page<PlatformUserView> users(PageRequest page) {
        List<Person> rows = tenancy.asPlatform("platform", () -> people.page(page.after(), page.rows()));
        return Page.of(rows, page.limit(), person -> new Cursor(person.createdAt(), person.id()), PlatformUserView::of);
    }

    @PatchMapping("/users/{userId}")
    @Needs(Permission.OPERATE)
    @Operation(
            operationId = "changeUser",
            summary = "Disable a person, which ends their sessions and tokens at once, or enable them again")
    PlatformUserView change(
            @AuthenticationPrincipal Caller caller, @PathVariable UUID userId, @RequestBody ChangeUserRequest body) {
        if (body.disabled() == null) {
            throw new InvalidInputException(List.of(Violation.of("disabled", "is required")));
        }
        boolean disabled = body.disabled();
        if (disabled && caller.userId().equals(userId)) {
            throw new ProblemException(Problem.of(ProblemType.CONFLICT, "You cannot disable yourself."));
        }
        return PlatformUserView.of(tenancy.asPlatform("platform", () -> {
            Person person = people.find(userId).orElseThrow(() -> ProblemException.notFound("user"));
            people.setDisabled(userId, disabled ? Optional.of(clock.instant()) : Optional.empty());
            if (disabled) {
                sessions.revokeAll(userId, Optional.empty());
                tokens.revokeAll(userId);
                invitations.revokeAll(userId).forEach(invitation -> noteRevoked(caller, invitation));
            }
            trail.done(
                    Audit.PLATFORM,
                    trail.actor(caller),
                    disabled ? "user.disable" : "user.enable",
                    AuditTrail.subject(userId, person.email()),
                    Map.of());
            return people.find(userId).orElseThrow();
        }));
    }

    /** In the chain of the organisation, whose invitation it was. */
    private void noteRevoked(Caller caller, Invitation invitation) {
        trail.done(
                invitation.organizationId(),
                trail.actor(caller),
                "invitation.revoke",
                new Subject("invitation", Optional.of(invitation.id()), invitation.email()),
                Map.of("because", "user.disable"));
    }

    record ChangeUserRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable
            Boolean disabled) {}

    @Schema(name = "PlatformOrganization")
    record PlatformOrganizationView(UUID id, String name, String slug, Instant createdAt) {}

    @Schema(name = "User")
    record PlatformUserView(
            UUID id,
            String email,
            String displayName,
            boolean platformAdmin,
            boolean hasPassword,
            boolean hasSecondFactor,
            @Nullable Instant disabledAt,
            Instant createdAt) {
        static PlatformUserView of(Person person) {
            return new PlatformUserView(
                    person.id(),
                    person.email(),
                    person.displayName(),
                    person.platformAdmin(),
                    person.hasPassword(),
                    person.hasSecondFactor(),
                    person.disabledAt().orElse(null),
                    person.createdAt());
        }
    }
}
