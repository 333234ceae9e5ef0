package dev.berth.api.organizations;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.api.people.Text;
import dev.berth.domain.Role;
import dev.berth.store.Caller;
import dev.berth.store.Invitation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whom an organisation invited and who has not come yet. */
@RestController
@RequestMapping("/api/orgs/{organizationId}/invitations")
@Tag(name = "Organizations")
class InvitationController {
    private final Inviting inviting;

    InvitationController(Inviting inviting) {
        this.inviting = inviting;
    }

    @GetMapping
    @Needs(Permission.ADMINISTER)
    @Operation(operationId = "listInvitations", summary = "Open invitations, newest first, those that expired too")
    Page<InvitationView> list(
            @AuthenticationPrincipal Caller caller, @PathVariable UUID organizationId, PageRequest page) {
        return inviting.page(caller, page);
    }

    @PostMapping
    @Needs(Permission.ADMINISTER)
    @Operation(
            operationId = "createInvitation",
            summary = "Mail somebody a link that lets them in, for seven days; an earlier one to the address ends")
    ResponseEntity<InvitationView> create(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID organizationId,
            @RequestBody CreateInvitationRequest body) {
        Invitation made = inviting.invite(
                caller, Text.email("email", body.email()), Words.role("role", body.role(), List.of(Role.values())));
        return ResponseEntity.created(URI.create("/api/orgs/" + organizationId + "/invitations/" + made.id()))
                .body(InvitationView.of(made));
    }

    @DeleteMapping("/{invitationId}")
    @Needs(Permission.ADMINISTER)
    @Operation(operationId = "revokeInvitation", summary = "Take an invitation back: its link works no more")
    ResponseEntity<Void> revoke(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID organizationId,
            @PathVariable UUID invitationId) {
        inviting.revoke(caller, invitationId);
        return ResponseEntity.noContent().build();
    }

    record CreateInvitationRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED, maxLength = 254) @Nullable
            String email,

            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    allowableValues = {"viewer", "developer", "admin", "owner"})
            @Nullable
            String role) {}

    /** @param invitedBy null where that person's account is gone */
    @Schema(name = "Invitation")
    record InvitationView(
            UUID id, String email, Role role, @Nullable UUID invitedBy, Instant expiresAt, Instant createdAt) {
        static InvitationView of(Invitation invitation) {
            return new InvitationView(
                    invitation.id(),
                    invitation.email(),
                    invitation.role(),
                    invitation.invitedBy().orElse(null),
                    invitation.expiresAt(),
                    invitation.createdAt());
        }
    }
}
