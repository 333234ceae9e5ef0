package dev.berth.api.organizations;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.domain.Role;
import dev.berth.store.Caller;
import dev.berth.store.Memberships.Member;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Who belongs to an organisation. */
@RestController
@Tag(name = "Organizations")
class MemberController {
    private final Membership membership;

    MemberController(Membership membership) {
        this.membership = membership;
    }

    @GetMapping("/api/orgs/{organizationId}/members")
    @Needs(Permission.READ)
    @Operation(operationId = "listMembers", summary = "Members, newest first")
    Page<MemberView> list(@AuthenticationPrincipal Caller caller, @PathVariable UUID organizationId, PageRequest page) {
        return membership.page(caller, page);
    }

    @PatchMapping("/api/orgs/{organizationId}/members/{userId}")
    @Needs(Permission.ADMINISTER)
    @Operation(
            operationId = "changeMember",
            summary = "Change a member's role; owners are made and unmade by owners, and one always stays")
    MemberView change(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID organizationId,
            @PathVariable UUID userId,
            @RequestBody ChangeMemberRequest body) {
        return MemberView.of(
                membership.changeRole(caller, userId, Words.role("role", body.role(), List.of(Role.values()))));
    }

    @DeleteMapping("/api/orgs/{organizationId}/members/{userId}")
    @Needs(Permission.ADMINISTER)
    @Operation(
            operationId = "removeMember",
            summary = "Remove a member, at once, with the grants and tokens that they have here")
    ResponseEntity<Void> remove(
            @AuthenticationPrincipal Caller caller, @PathVariable UUID organizationId, @PathVariable UUID userId) {
        membership.remove(caller, userId);
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/api/me/orgs/{organizationId}")
    @Needs(Permission.IN_PERSON)
    @Operation(operationId = "leaveOrganization", summary = "Leave an organisation; its last owner cannot")
    ResponseEntity<Void> leave(@AuthenticationPrincipal Caller caller, @PathVariable UUID organizationId) {
        membership.remove(caller, caller.userId());
        return ResponseEntity.noContent().build();
    }

    record ChangeMemberRequest(
            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    allowableValues = {"viewer", "developer", "admin", "owner"})
            @Nullable
            String role) {}

    @Schema(name = "Member")
    record MemberView(UUID userId, String email, String displayName, Role role, Instant createdAt) {
        static MemberView of(Member member) {
            return new MemberView(
                    member.userId(), member.email(), member.displayName(), member.role(), member.createdAt());
        }
    }
}
