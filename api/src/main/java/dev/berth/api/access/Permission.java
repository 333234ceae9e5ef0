package dev.berth.api.access;

import dev.berth.domain.Role;
import dev.berth.domain.TokenScope;
import dev.berth.store.Caller;
import java.util.Optional;
import java.util.UUID;

/** What a controller method asks of its caller; {@code docs/ACCESS.md} says who holds it. */
public enum Permission {
    /** Anybody may, signed in or not. */
    NOTHING(Role.VIEWER, TokenScope.READ),
    /** Have an account or a token; about the caller alone, whatever the organisation. */
    SIGNED_IN(Role.VIEWER, TokenScope.READ),
    /** Be there in person: signed in with a session, since no token may change a password or make a session. */
    IN_PERSON(Role.VIEWER, TokenScope.ADMIN),
    /** See the organisation's things: every member. */
    READ(Role.VIEWER, TokenScope.READ),
    /** Change its services and deploy them: developers and above, and whom a grant says so for the service. */
    DEPLOY(Role.DEVELOPER, TokenScope.DEPLOY),
    /** Members, invitations, tokens, grants, audit: admins and above. */
    ADMINISTER(Role.ADMIN, TokenScope.ADMIN),
    /** Rename and delete the organisation, make and unmake owners: owners. */
    OWN(Role.OWNER, TokenScope.ADMIN),
    /** What belongs to no organisation: the platform's admins. */
    OPERATE(Role.VIEWER, TokenScope.ADMIN);

    private final Role role;
    private final TokenScope scope;

    Permission(Role role, TokenScope scope) {
        this.role = role;
        this.scope = scope;
    }

    /** Whether the caller holds it, for a service or the whole organisation, where a method asks for more than it needs of everybody. */
    public boolean isHeldBy(Caller caller, Optional<UUID> serviceId) {
        return caller.roleFor(serviceId).filter(held -> held.includes(role)).isPresent()
                && caller.token()
                        .map(token -> token.scope().includes(scope)
                                && (token.serviceId().isEmpty() || !isWiderThanAService()))
                        .orElse(true);
    }

    /** The least role in the request's organisation. */
    Role role() {
        return role;
    }

    /** The least scope of a token. */
    TokenScope scope() {
        return scope;
    }

    /** Whether it is about one organisation, of which the caller must be a member. */
    boolean isOfOrganization() {
        return switch (this) {
            case READ, DEPLOY, ADMINISTER, OWN -> true;
            case NOTHING, SIGNED_IN, IN_PERSON, OPERATE -> false;
        };
    }

    /** Whether a token that is limited to one service is always too narrow for it. */
    boolean isWiderThanAService() {
        return switch (this) {
            case ADMINISTER, OWN, OPERATE, IN_PERSON -> true;
            case NOTHING, SIGNED_IN, READ, DEPLOY -> false;
        };
    }
}
