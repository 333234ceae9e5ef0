package dev.berth.api.people;

import dev.berth.api.access.SessionCookie;
import dev.berth.api.audit.AuditTrail;
import dev.berth.api.http.RequestOrigin;
import dev.berth.store.Audit;
import dev.berth.store.AuditEntry.Subject;
import dev.berth.store.Caller;
import dev.berth.store.Ids;
import dev.berth.store.RandomSecret;
import dev.berth.store.Recognized;
import dev.berth.store.Session;
import dev.berth.store.Sessions;
import dev.berth.store.Tenancy;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * Starts a session for somebody who has proven who they are, and ends it. Each sign-in makes a new one and ends the one that the
 * browser came with, so that nobody can plant theirs: OWASP ASVS 5.0, 7.2.4.
 */
@Component
class OpenSession {
    private static final InetAddress UNKNOWN = InetAddress.ofLiteral("0.0.0.0");

    private final Tenancy tenancy;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final AuditTrail trail;
    private final RequestOrigin origin;
    private final Clock clock;

    OpenSession(
            Tenancy tenancy,
            Sessions sessions,
            SessionCookie cookie,
            AuditTrail trail,
            RequestOrigin origin,
            Clock clock) {
        this.tenancy = tenancy;
        this.sessions = sessions;
        this.cookie = cookie;
        this.trail = trail;
        this.origin = origin;
        this.clock = clock;
    }

    /** @param way by what they proved it: {@code password}, {@code token}, … */
    ResponseCookie of(UUID userId, String email, Optional<UUID> tokenId, String way, HttpServletRequest request) {
        RandomSecret secret = RandomSecret.generate();
        Instant now = clock.instant();
        Session session = new Session(
                Ids.next(),
                userId,
                tokenId,
                origin.address().orElse(UNKNOWN),
                userAgent(request),
                now,
                now.plus(Sessions.LONGEST),
                now);
        tenancy.asPlatform("sign-in", () -> {
            former(request, now)
                    .ifPresent(
                            old -> sessions.revoke(old.userId(), old.sessionId().orElseThrow()));
            sessions.insert(session, secret);
            trail.done(
                    Audit.PLATFORM,
                    trail.person(userId, email),
                    "session.create",
                    new Subject("session", Optional.of(session.id()), email),
                    Map.of("by", way));
        });
        return cookie.holding(secret);
    }

    /** Ends the session that the cookie names, where it names one. */
    ResponseCookie end(HttpServletRequest request) {
        tenancy.asPlatform(
                "sign-out",
                () -> former(request, clock.instant()).ifPresent(caller -> {
                    UUID id = caller.sessionId().orElseThrow();
                    sessions.revoke(caller.userId(), id);
                    trail.done(
                            Audit.PLATFORM,
                            trail.person(caller.userId(), caller.email()),
                            "session.revoke",
                            new Subject("session", Optional.of(id), caller.email()),
                            Map.of());
                }));
        return cookie.removed();
    }

    private Optional<Caller> former(HttpServletRequest request, Instant now) {
        return cookie.in(request)
                .flatMap(RandomSecret::parse)
                .flatMap(secret -> sessions.authenticate(secret, now))
                .map(Recognized::caller);
    }

    private static String userAgent(HttpServletRequest request) {
        String text = Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT))
                .orElse("")
                .replace("\0", "");
        return text.length() > Session.USER_AGENT_LENGTH ? text.substring(0, Session.USER_AGENT_LENGTH) : text;
    }
}
