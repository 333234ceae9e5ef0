package dev.berth.api.organizations;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.api.people.Text;
import dev.berth.domain.InvalidInputException;
import dev.berth.domain.TokenScope;
import dev.berth.domain.Violation;
import dev.berth.store.ApiToken;
import dev.berth.store.Caller;
import dev.berth.store.Token;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

/** API tokens of an organisation: one's own, and for admins everybody's. */
@RestController
@RequestMapping("/api/orgs/{organizationId}/tokens")
@Tag(name = "Organizations")
class TokenController {
    private final TokenRack rack;

    TokenController(TokenRack rack) {
        this.rack = rack;
    }

    @GetMapping
    @Needs(Permission.READ)
    @Operation(operationId = "listTokens", summary = "API tokens that are not revoked, newest first")
    Page<TokenView> list(@AuthenticationPrincipal Caller caller, @PathVariable UUID organizationId, PageRequest page) {
        return rack.page(caller, page);
    }

    @PostMapping
    @Needs(Permission.IN_PERSON)
    @Operation(
            operationId = "createToken",
            summary = "A new API token of yours; the answer shows it this once",
            description = "It never does more than you may at that moment, and never more than its scope.")
    ResponseEntity<NewTokenView> create(
            @AuthenticationPrincipal Caller caller,
            @PathVariable UUID organizationId,
            @RequestBody CreateTokenRequest body) {
        ApiToken token = ApiToken.generate();
        TokenView made = rack.create(caller, body.wish(), token);
        return ResponseEntity.created(URI.create("/api/orgs/" + organizationId + "/tokens/" + made.id()))
                .body(new NewTokenView(token.value(), made));
    }

    @DeleteMapping("/{tokenId}")
    @Needs(Permission.IN_PERSON)
    @Operation(
            operationId = "revokeToken",
            summary = "End a token, and the sessions that it opened, at once; admins end anybody's")
    ResponseEntity<Void> revoke(
            @AuthenticationPrincipal Caller caller, @PathVariable UUID organizationId, @PathVariable UUID tokenId) {
        rack.revoke(caller, tokenId);
        return ResponseEntity.noContent().build();
    }

    record CreateTokenRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED, minLength = 1, maxLength = 100) @Nullable
            String name,

            @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    allowableValues = {"read", "deploy", "admin"})
            @Nullable
            String scope,

            @Schema(description = "The only service that it is for; missing for all") @Nullable
            UUID serviceId,

            @Schema(minimum = "1", maximum = "3650", description = "Missing for a token that never expires") @Nullable
            Integer expiresInDays) {
        private static final int MOST_DAYS = 3_650;

        TokenRack.Wish wish() {
            if (expiresInDays != null && (expiresInDays < 1 || expiresInDays > MOST_DAYS)) {
                throw wrong("expiresInDays", "must be from 1 to %d".formatted(MOST_DAYS));
            }
            return new TokenRack.Wish(
                    Text.name("name", name),
                    TokenScope.of(Text.required("scope", scope))
                            .orElseThrow(() -> wrong("scope", "must be one of read, deploy, admin")),
                    Optional.ofNullable(serviceId),
                    Optional.ofNullable(expiresInDays));
        }

        private static InvalidInputException wrong(String field, String sentence) {
            return new InvalidInputException(List.of(Violation.of(field, sentence)));
        }
    }

    /** @param token as it is to be sent; kept nowhere, so nobody can show it again */
    @Schema(name = "NewToken")
    record NewTokenView(String token, TokenView info) {
        @Override
        public String toString() {
            return "NewTokenView[" + info + "]";
        }
    }

    /**
     * @param serviceId the only service that it is for; null for all
     * @param prefix how it begins
     * @param lastUsedAt to the minute; null where it never was
     */
    @Schema(name = "Token")
    record TokenView(
            UUID id,
            UUID userId,
            String email,
            String name,
            TokenScope scope,
            @Nullable UUID serviceId,
            String prefix,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt,
            Instant createdAt) {
        static TokenView of(Token token) {
            return new TokenView(
                    token.id(),
                    token.userId(),
                    token.email(),
                    token.name(),
                    token.scope(),
                    token.serviceId().orElse(null),
                    token.prefix(),
                    token.expiresAt().orElse(null),
                    token.lastUsedAt().orElse(null),
                    token.createdAt());
        }
    }
}
