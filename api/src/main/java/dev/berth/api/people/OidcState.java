package dev.berth.api.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.settings.Settings;
import dev.berth.store.RandomSecret;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * What a browser keeps for us on its way in through the issuer: a cookie of its own, signed, for ten minutes. SameSite is Lax, since
 * the way back is a navigation that another site begins; it opens nothing but that way back, and that once. Which ways back were
 * used is remembered in this process alone: with several API processes the issuer's code, which counts once too, must do.
 *
 * <p>Whom the issuer knows and whose code is still missing gets another such cookie, which opens nothing without the code.
 */
@Component
class OidcState {
    private static final String NAME = "berth_oidc";
    private static final String NOBODY = "-";
    private static final int WORDS = 5;
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int REMEMBERED = 50_000;

    private final SignedText ways;
    private final SignedText known;
    private final boolean secure;
    private final String name;
    private final Cache<String, Boolean> used =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(LIFE).build();

    OidcState(Seal seal, Settings settings, Clock clock) {
        this.ways = new SignedText(seal, "way", clock);
        this.known = new SignedText(seal, "known", clock);
        this.secure = "https".equals(settings.clientUrl().getScheme());
        this.name = secure ? "__Host-" + NAME : NAME;
    }

    /** @param linkTo who is signed in and wants this identity too */
    Started start(Optional<Link> linkTo) {
        Attempt attempt = new Attempt(
                RandomSecret.generate().value(),
                RandomSecret.generate().value(),
                RandomSecret.generate().value(),
                linkTo);
        String value = ways.write(
                LIFE,
                attempt.state(),
                attempt.nonce(),
                attempt.verifier(),
                linkTo.map(Link::userId).map(UUID::toString).orElse(NOBODY),
                linkTo.map(Link::sessionId).map(UUID::toString).orElse(NOBODY));
        return new Started(attempt, cookie(value).maxAge(LIFE).build());
    }

    ResponseCookie removed() {
        return cookie("").maxAge(0).build();
    }

    /** Empty where the browser did not begin this, began it too long ago or has come back with it before. */
    Optional<Attempt> finish(HttpServletRequest request, String state) {
        return in(request)
                .flatMap(ways::read)
                // A way that was begun before an update may have fewer.
                .filter(words -> words.size() == WORDS)
                .map(words ->
                        new Attempt(words.get(0), words.get(1), words.get(2), Link.of(words.get(3), words.get(4))))
                .filter(attempt -> MessageDigest.isEqual(attempt.state().getBytes(UTF_8), state.getBytes(UTF_8)))
                .filter(attempt -> isFirst(attempt.state()));
    }

    /** For a person whom the issuer named and whose code is missing. */
    ResponseCookie known(UUID userId) {
        return cookie(known.write(
                        LIFE, userId.toString(), RandomSecret.generate().value()))
                .maxAge(LIFE)
                .build();
    }

    /** Whom the issuer named to this browser; empty where it is too long ago. */
    Optional<UUID> known(HttpServletRequest request) {
        return in(request).flatMap(known::read).map(words -> UUID.fromString(words.getFirst()));
    }

    private boolean isFirst(String state) {
        return used.asMap().putIfAbsent(state, true) == null;
    }

    private Optional<String> in(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .findFirst();
    }

    private ResponseCookie.ResponseCookieBuilder cookie(String value) {
        return ResponseCookie.from(name, value)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax")
                .path("/");
    }

    /** @param verifier of PKCE: RFC 7636, 4.1 */
    record Attempt(String state, String nonce, String verifier, Optional<Link> linkTo) {
        @Override
        public String toString() {
            return "Attempt[…]";
        }
    }

    /**
     * Who wants an identity for their account.
     *
     * @param sessionId in which they asked for it
     */
    record Link(UUID userId, UUID sessionId) {
        private static Optional<Link> of(String userId, String sessionId) {
            return userId.equals(NOBODY)
                    ? Optional.empty()
                    : Optional.of(new Link(UUID.fromString(userId), UUID.fromString(sessionId)));
        }
    }

    record Started(Attempt attempt, ResponseCookie cookie) {}
}
