package dev.berth.api.access;

import dev.berth.store.ApiToken;
import dev.berth.store.Caller;
import dev.berth.store.RandomSecret;
import dev.berth.store.Recognized;
import dev.berth.store.Sessions;
import dev.berth.store.Tenancy;
import dev.berth.store.Tokens;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * Finds out who presents a token or a session; asked on every request, so that a revoked one ends at once. It costs one round
 * trip to the database, outside of any transaction or, for a token that reads, in that of the read.
 */
@Component
public class SignIn {
    /** What can be a token at all, so that noise costs no query. */
    private static final Pattern FORMAT = Pattern.compile("berth_[A-Za-z0-9_-]{20,200}");

    private final Tenancy tenancy;
    private final Tokens tokens;
    private final Sessions sessions;
    private final Clock clock;

    SignIn(Tenancy tenancy, Tokens tokens, Sessions sessions, Clock clock) {
        this.tenancy = tenancy;
        this.tokens = tokens;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Empty for a token that is unknown, revoked or expired; which of them is nobody's business. */
    public Optional<Caller> byToken(String presented) {
        return token(presented).flatMap(tokens::authenticate).map(this::noted);
    }

    /** The same for a request that only reads; {@link #leave} when it is answered. */
    Optional<Caller> byTokenToRead(String presented) {
        return token(presented)
                .flatMap(token -> tenancy.entering(() -> tokens.enter(token)))
                .map(this::noted);
    }

    void leave() {
        tenancy.leave();
    }

    private static Optional<ApiToken> token(String presented) {
        return FORMAT.matcher(presented).matches() ? Optional.of(new ApiToken(presented)) : Optional.empty();
    }

    private Caller noted(Recognized found) {
        Caller caller = found.caller();
        return noted(
                found,
                () -> tokens.noteUse(
                        caller.organizationId(), caller.token().orElseThrow().id()));
    }

    /** Empty for a session that is unknown or over. */
    public Optional<Caller> bySession(String presented) {
        Instant now = clock.instant();
        return RandomSecret.parse(presented)
                .flatMap(secret -> sessions.authenticate(secret, now))
                .map(found -> noted(
                        found, () -> sessions.noteUse(found.caller().sessionId().orElseThrow(), now)));
    }

    /** Writes for one request a minute only. */
    private Caller noted(Recognized found, Runnable noteUse) {
        if (!found.usedLately()) {
            tenancy.asPlatform("last use", noteUse);
        }
        return found.caller();
    }

    /** Whom the request that is being answered comes from. */
    public static Optional<Caller> current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }

    static void remember(Caller caller) {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(caller, "", List.of()));
    }
}
