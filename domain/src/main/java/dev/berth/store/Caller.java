package dev.berth.store;

import dev.berth.domain.Role;
import dev.berth.domain.ServiceRef;
import dev.berth.domain.TokenScope;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who asks: a person, by a session, by a token, or by a session that a token opened and that may no more than the token.
 *
 * @param sessionId empty for a bearer token
 * @param token what limits the person here
 * @param membership the organisation that the request is about; empty for one that is about none
 */
public record Caller(
        UUID userId,
        String email,
        boolean platformAdmin,
        Optional<UUID> sessionId,
        Optional<Token> token,
        Optional<Membership> membership) {

    /** @throws IllegalStateException where the request is about no organisation; the permission check lets none such pass */
    public UUID organizationId() {
        return membership
                .map(Membership::organizationId)
                .orElseThrow(() -> new IllegalStateException("The request is about no organisation"));
    }

    /** What an address names by {@code serviceId}: a service of the organisation that the request is about, or nothing. */
    public ServiceRef service(UUID serviceId) {
        return new ServiceRef(organizationId(), serviceId);
    }

    /** What requests are counted by: the token, else the session. */
    public UUID principalId() {
        return token.map(Token::id).or(() -> sessionId).orElse(userId);
    }

    /** There by a session of one's own, with no token in between. */
    public boolean inPerson() {
        return sessionId.isPresent() && token.isEmpty();
    }

    /** Whether a token leaves the service in sight; what else is not the caller's is the database's business. */
    public boolean sees(UUID serviceId) {
        return token.flatMap(Token::serviceId).map(serviceId::equals).orElse(true);
    }

    /** The role that counts for a service: a grant only ever raises it. */
    public Optional<Role> roleFor(Optional<UUID> serviceId) {
        return membership.map(member -> serviceId
                .map(member.grants()::get)
                .filter(grant -> grant.includes(member.role()))
                .orElse(member.role()));
    }

    public Caller in(Membership organization) {
        return new Caller(userId, email, platformAdmin, sessionId, token, Optional.of(organization));
    }

    /** @param serviceId the only service that the token is for */
    public record Token(UUID id, TokenScope scope, Optional<UUID> serviceId) {}

    /** @param grants roles for single services, by service */
    public record Membership(UUID organizationId, String name, String slug, Role role, Map<UUID, Role> grants) {
        public Membership {
            grants = Map.copyOf(grants);
        }
    }
}
