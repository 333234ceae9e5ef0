package dev.berth.api.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.store.ApiToken;
import dev.berth.store.Caller;
import dev.berth.store.CallerChangedException;
import dev.berth.store.Expected;
import dev.berth.store.RandomSecret;
import dev.berth.store.Recognized;
import dev.berth.store.Sessions;
import dev.berth.store.Tenancy;
import dev.berth.store.Tokens;
import java.nio.ByteBuffer;
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
 * trip to the database, outside of any transaction or, for a token that reads, in that of the read. A token that was seen before
 * is taken for whom it was then until that read, or {@link #confirm}, has asked.
 */
@Component
public class SignIn {
    /** What can be a token at all, so that noise costs no query. */
    private static final Pattern FORMAT = Pattern.compile("berth_[A-Za-z0-9_-]{20,200}");

    private static final int REMEMBERED = 10_000;

    private final Tenancy tenancy;
    private final Tokens tokens;
    private final Sessions sessions;
    private final Clock clock;
    private final Cache<ByteBuffer, Caller> remembered =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

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
        return token(presented).flatMap(this::entered);
    }

    /**
     * As {@link #byTokenToRead}, of whom a token was before. What the caller is told must not be told before {@link #confirm}, or
     * {@link Tenancy#readInOrg}, has asked again.
     */
    Optional<Caller> byTokenAsBefore(String presented) {
        Optional<Expected> expected = token(presented)
                .flatMap(token -> Optional.ofNullable(remembered.getIfPresent(ByteBuffer.wrap(token.hash())))
                        .map(caller -> new Expected(token, caller)));
        expected.ifPresent(tenancy::expect);
        return expected.map(Expected::caller);
    }

    boolean isConfirmed() {
        return tenancy.unconfirmed().isEmpty();
    }

    /**
     * Asks who it is whose token is known from before, in the transaction that their first door goes on in.
     *
     * @return whom to answer; empty where the token is worth nothing any more
     */
    Optional<Caller> confirm() {
        return tenancy.unconfirmed().map(Expected::token).map(this::entered).orElseGet(SignIn::current);
    }

    /** As {@link #confirm}, of what a read has found out by itself. */
    Optional<Caller> learn(CallerChangedException changed) {
        return kept(changed.token(), changed.now().map(this::noted));
    }

    void leave() {
        tenancy.leave();
    }

    private static Optional<ApiToken> token(String presented) {
        return FORMAT.matcher(presented).matches() ? Optional.of(new ApiToken(presented)) : Optional.empty();
    }

    private Optional<Caller> entered(ApiToken token) {
        return kept(token, tenancy.entering(() -> tokens.enter(token)).map(this::noted));
    }

    private Optional<Caller> kept(ApiToken token, Optional<Caller> caller) {
        ByteBuffer key = ByteBuffer.wrap(token.hash());
        caller.ifPresentOrElse(found -> remembered.put(key, found), () -> remembered.invalidate(key));
        return caller;
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
