package dev.berth.api.access;

import dev.berth.settings.Settings;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * The console's sign-in: the token in a cookie that scripts cannot read and other sites cannot make a browser send. It ends
 * with the browser.
 */
@Component
class SessionCookie {
    static final String NAME = "berth_session";

    /** What the console says on each request that changes something; no other site can make a browser send it. */
    static final String HEADER = "X-Berth-Request";

    static final String HEADER_VALUE = "console";

    private final boolean secure;

    SessionCookie(Settings settings) {
        this.secure = "https".equals(settings.clientUrl().getScheme());
    }

    ResponseCookie holding(String token) {
        return cookie(token).build();
    }

    ResponseCookie removed() {
        return cookie("").maxAge(0).build();
    }

    private ResponseCookie.ResponseCookieBuilder cookie(String value) {
        return ResponseCookie.from(NAME, value)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Strict")
                .path("/");
    }

    static Optional<String> in(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(NAME))
                .map(Cookie::getValue)
                .findFirst();
    }
}
