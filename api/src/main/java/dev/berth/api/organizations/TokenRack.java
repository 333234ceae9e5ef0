package dev.berth.api.organizations;

import dev.berth.api.audit.AuditTrail;
import dev.berth.api.http.Page;
import dev.berth.api.http.PageRequest;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.api.organizations.TokenController.TokenView;
import dev.berth.domain.InvalidInputException;
import dev.berth.domain.Role;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.TokenScope;
import dev.berth.domain.Violation;
import dev.berth.store.ApiToken;
import dev.berth.store.AuditEntry.Subject;
import dev.berth.store.Caller;
import dev.berth.store.Cursor;
import dev.berth.store.Ids;
import dev.berth.store.Services;
import dev.berth.store.Tenancy;
import dev.berth.store.Token;
import dev.berth.store.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Hands tokens out and takes them back. Nobody hands out more than they may themselves. */
@Component
class TokenRack {
    private final Tenancy tenancy;
    private final Tokens tokens;
    private final Services services;
    private final AuditTrail trail;
    private final Clock clock;

    TokenRack(Tenancy tenancy, Tokens tokens, Services services, AuditTrail trail, Clock clock) {
        this.tenancy = tenancy;
        this.tokens = tokens;
        this.services = services;
        this.trail = trail;
        this.clock = clock;
    }

    Page<TokenView> page(Caller caller, PageRequest page) {
        Optional<UUID> whose = administers(caller) ? Optional.empty() : Optional.of(caller.userId());
        List<Token> rows = tenancy.asPlatform(
                "tokens", () -> tokens.page(caller.organizationId(), whose, page.after(), page.rows()));
        return Page.of(rows, page.limit(), token -> new Cursor(token.createdAt(), token.id()), TokenView::of);
    }

    TokenView create(Caller caller, Wish wish, ApiToken token) {
        Role own = caller.roleFor(wish.serviceId()).orElseThrow();
        if (!own.includes(wish.scope().role())) {
            throw new ProblemException(Problem.of(
                    ProblemType.FORBIDDEN,
                    "A token of the scope %s needs the role %s; yours is %s."
                            .formatted(wish.scope().word(), wish.scope().role().word(), own.word())));
        }
        UUID id = Ids.next();
        Optional<Instant> expiresAt = wish.days().map(days -> clock.instant().plus(Duration.ofDays(days)));
        tenancy.inOrg(caller.organizationId(), () -> {
            wish.serviceId().map(caller::service).ifPresent(this::requireService);
            tokens.insert(
                    id,
                    caller.organizationId(),
                    caller.userId(),
                    wish.name(),
                    wish.scope(),
                    wish.serviceId(),
                    expiresAt,
                    token);
            trail.done(
                    caller,
                    "token.create",
                    subject(id, wish.name()),
                    Map.of("scope", wish.scope().word()));
        });
        return TokenView.of(tenancy.asPlatform(
                "tokens", () -> tokens.find(caller.organizationId(), id).orElseThrow()));
    }

    private void requireService(ServiceRef service) {
        // Locked, so that it is there until the token is.
        if (services.lock(service).isEmpty()) {
            throw new InvalidInputException(List.of(Violation.of("serviceId", "names no service of the organisation")));
        }
    }

    void revoke(Caller caller, UUID tokenId) {
        tenancy.asPlatform("tokens", () -> {
            Token token = tokens.find(caller.organizationId(), tokenId)
                    .filter(found -> administers(caller) || found.userId().equals(caller.userId()))
                    .orElseThrow(() -> ProblemException.notFound("token"));
            tokens.revoke(caller.organizationId(), tokenId);
            trail.done(caller, "token.revoke", subject(tokenId, token.name()), Map.of("of", token.email()));
        });
    }

    private static boolean administers(Caller caller) {
        boolean byRole = caller.roleFor(Optional.empty())
                .filter(role -> role.includes(Role.ADMIN))
                .isPresent();
        boolean byToken = caller.token()
                .map(token -> token.scope().includes(TokenScope.ADMIN)
                        && token.serviceId().isEmpty())
                .orElse(true);
        return byRole && byToken;
    }

    private static Subject subject(UUID id, String name) {
        return new Subject("token", Optional.of(id), name);
    }

    /** @param days in how many it expires; empty for never */
    record Wish(String name, TokenScope scope, Optional<UUID> serviceId, Optional<Integer> days) {}
}
