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
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * What a browser keeps for us while its user is at the issuer: a cookie of its own, signed, for ten minutes. SameSite is Lax, since
 * the way back is a navigation that another site begins; it opens nothing but that way back, and that once.
 */
@Component
class OidcState {
    private static final String NAME = "berth_oidc";
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int REMEMBERED = 50_000;

    private final Seal seal;
    private final Clock clock;
    private final boolean secure;
    private final String name;
    private final Cache<String, Boolean> used =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(LIFE).build();

    OidcState(Seal seal, Settings settings, Clock clock) {
        this.seal = seal;
        this.clock = clock;
        this.secure = "https".equals(settings.clientUrl().getScheme());
        this.name = secure ? "__Host-" + NAME : NAME;
    }

    /** @param linkTo the person who is signed in and wants this identity too */
    Started start(Optional<UUID> linkTo) {
        Attempt attempt = new Attempt(
                RandomSecret.generate().value(),
                RandomSecret.generate().value(),
                RandomSecret.generate().value(),
                linkTo);
        String text = String.join(
                ".",
                attempt.state(),
                attempt.nonce(),
                attempt.verifier(),
                linkTo.map(UUID::toString).orElse("-"),
                Long.toString(clock.instant().plus(LIFE).getEpochSecond()));
        String value = text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(seal.signature(text));
        return new Started(attempt, cookie(value).maxAge(LIFE).build());
    }

    ResponseCookie removed() {
        return cookie("").maxAge(0).build();
    }

    /** Empty where the browser did not begin this, began it too long ago or has come back with it before. */
    Optional<Attempt> finish(HttpServletRequest request, String state) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .findFirst()
                .flatMap(this::read)
                .filter(attempt -> MessageDigest.isEqual(attempt.state().getBytes(UTF_8), state.getBytes(UTF_8)))
                .filter(attempt -> used.asMap().putIfAbsent(attempt.state(), true) == null);
    }

    private Optional<Attempt> read(String value) {
        int end = value.lastIndexOf('.');
        String text = end < 0 ? "" : value.substring(0, end);
        String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(seal.signature(text));
        String[] parts = text.split("\\.");
        if (parts.length != 5
                || !MessageDigest.isEqual(
                        signature.getBytes(UTF_8), value.substring(end + 1).getBytes(UTF_8))
                || clock.instant().isAfter(Instant.ofEpochSecond(Long.parseLong(parts[4])))) {
            return Optional.empty();
        }
        Optional<UUID> linkTo = parts[3].equals("-") ? Optional.empty() : Optional.of(UUID.fromString(parts[3]));
        return Optional.of(new Attempt(parts[0], parts[1], parts[2], linkTo));
    }

    private ResponseCookie.ResponseCookieBuilder cookie(String value) {
        return ResponseCookie.from(name, value)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax")
                .path("/");
    }

    /** @param verifier of PKCE: RFC 7636, 4.1 */
    record Attempt(String state, String nonce, String verifier, Optional<UUID> linkTo) {
        @Override
        public String toString() {
            return "Attempt[…]";
        }
    }

    record Started(Attempt attempt, ResponseCookie cookie) {}
}
