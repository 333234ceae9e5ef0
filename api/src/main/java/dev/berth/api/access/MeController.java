package dev.berth.api.access;

import dev.berth.store.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells callers who they are. */
@RestController
@Tag(name = "Access")
class MeController {
    @GetMapping("/api/me")
    @Needs(Permission.READ)
    @Operation(operationId = "getMe", summary = "Who the token speaks for")
    MeView me(@AuthenticationPrincipal Caller caller) {
        return new MeView(
                caller.userId(),
                caller.email(),
                caller.platformAdmin(),
                new OrganizationView(caller.organizationId(), caller.organizationName(), caller.organizationSlug()));
    }

    @Schema(name = "Me")
    record MeView(UUID userId, String email, boolean platformAdmin, OrganizationView organization) {}

    @Schema(name = "Organization")
    record OrganizationView(UUID id, String name, String slug) {}
}
