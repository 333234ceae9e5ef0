package dev.berth.api.people;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.domain.Role;
import dev.berth.domain.TokenScope;
import dev.berth.store.Caller;
import dev.berth.store.Person;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells callers who they are, and lets people change it. */
@RestController
@RequestMapping("/api/me")
@Tag(name = "Access")
class MeController {
    private final Account account;

    MeController(Account account) {
        this.account = account;
    }

    @GetMapping
    @Needs(Permission.SIGNED_IN)
    @Operation(operationId = "getMe", summary = "Who the token or the session speaks for, and what it may")
    MeView me(@AuthenticationPrincipal Caller caller) {
        return view(caller, account.person(caller));
    }

    @PatchMapping
    @Needs(Permission.IN_PERSON)
    @Operation(operationId = "changeMe", summary = "Change the name by which others see you")
    MeView change(@AuthenticationPrincipal Caller caller, @RequestBody ChangeMeRequest body) {
        return view(caller, account.rename(caller, Text.name("displayName", body.displayName())));
    }

    @PutMapping("/password")
    @Needs(Permission.IN_PERSON)
    @Operation(
            operationId = "changePassword",
            summary = "Change the password, or set the first one; all other sessions of yours end")
    ResponseEntity<Void> changePassword(
            @AuthenticationPrincipal Caller caller, @RequestBody ChangePasswordRequest body) {
        account.changePassword(caller, body.currentPassword(), Text.required("newPassword", body.newPassword()));
        return ResponseEntity.noContent().build();
    }

    private static MeView view(Caller caller, Person person) {
        return new MeView(
                person.id(),
                person.email(),
                person.displayName(),
                person.platformAdmin(),
                person.hasPassword(),
                person.hasSecondFactor(),
                caller.sessionId().orElse(null),
                caller.token()
                        .map(token -> new MyTokenView(
                                token.id(), token.scope(), token.serviceId().orElse(null)))
                        .orElse(null),
                caller.membership()
                        .map(member -> new MyOrganizationView(
                                member.organizationId(), member.name(), member.slug(), member.role(), member.grants()))
                        .orElse(null));
    }

    /**
     * @param sessionId null for a bearer token
     * @param token what limits the caller; null where nothing does
     * @param organization the one that the request was about; null where that is not clear
     */
    @Schema(name = "Me")
    record MeView(
            UUID userId,
            String email,
            String displayName,
            boolean platformAdmin,
            boolean hasPassword,
            boolean hasSecondFactor,
            @Nullable UUID sessionId,
            @Nullable MyTokenView token,
            @Nullable MyOrganizationView organization) {}

    @Schema(name = "MyToken")
    record MyTokenView(UUID id, TokenScope scope, @Nullable UUID serviceId) {}

    /** @param grants what is granted beyond the role, by service */
    @Schema(name = "MyOrganization")
    record MyOrganizationView(UUID id, String name, String slug, Role role, Map<UUID, Role> grants) {}

    record ChangeMeRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minLength = 1, maxLength = 100) @Nullable
            String displayName) {}

    record ChangePasswordRequest(
            @Schema(description = "Not needed for the first one") @Nullable
            String currentPassword,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    minLength = Passwords.SHORTEST,
                    maxLength = Passwords.LONGEST)
            @Nullable
            String newPassword) {
        @Override
        public String toString() {
            return "ChangePasswordRequest[…]";
        }
    }
}
