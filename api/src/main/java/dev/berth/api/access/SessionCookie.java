package dev.berth.api.access;

import dev.berth.settings.Settings;
import dev.berth.store.RandomSecret;
import dev.berth.store.Sessions;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * The console's sign-in: a session's secret in a cookie that scripts cannot read and other sites cannot make a browser send.
 * Where people come by https its name begins with {@code __Host-}, so that no neighbouring host and no plain http can set it.
 */
@Component
public class SessionCookie {
    private static final String NAME = "berth_session";

    /** What the console says on each request that changes something; no other site can make a browser send it. */
    static final String HEADER = "X-Berth-Request";

    static final String HEADER_VALUE = "console";

    private final boolean secure;
    private final String name;

    SessionCookie(Settings settings) {
        this.secure = "https".equals(settings.clientUrl().getScheme());
        this.name = secure ? "__Host-" + NAME : NAME;
    }

    public ResponseCookie holding(RandomSecret secret) {
        return cookie(secret.value()).maxAge(Sessions.LONGEST).build();
    }

    public ResponseCookie removed() {
        return cookie("").maxAge(0).build();
    }

    private ResponseCookie.ResponseCookieBuilder cookie(String value) {
        return ResponseCookie.from(name, value)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Strict")
                .path("/");
    }

    public Optional<String> in(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .findFirst();
    }
}
