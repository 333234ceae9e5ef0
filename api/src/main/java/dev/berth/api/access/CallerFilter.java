package dev.berth.api.access;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemType;
import dev.berth.api.http.ProblemWriter;
import dev.berth.store.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says who calls, by bearer token or by the cookie of a session. A request with neither passes as nobody's; one whose token is
 * not valid ends here, so that a mistyped token is never mistaken for a missing right.
 */
final class CallerFilter extends OncePerRequestFilter {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final SignIn signIn;
    private final SessionCookie cookie;
    private final ProblemWriter problems;

    CallerFilter(SignIn signIn, SessionCookie cookie, ProblemWriter problems) {
        this.signIn = signIn;
        this.cookie = cookie;
        this.problems = problems;
    }

    /** Signing in and out must work whatever an old cookie holds; the console's files belong to nobody. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return !path.startsWith("/api/") || path.equals("/api/session") || path.equals("/api/health");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> header = Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION));
        Optional<String> cookie = header.isPresent() ? Optional.empty() : this.cookie.in(request);
        if (header.isEmpty() && cookie.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        if (cookie.isPresent() && !reads(request) && !isFromConsole(request)) {
            problems.write(
                    response,
                    Problem.of(
                            ProblemType.FORBIDDEN,
                            "A request that changes something and is signed in by cookie needs the header %s: %s."
                                    .formatted(SessionCookie.HEADER, SessionCookie.HEADER_VALUE)));
            return;
        }
        try {
            answer(request, response, chain, header, cookie);
        } finally {
            signIn.leave();
        }
    }

    private void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            Optional<String> header,
            Optional<String> cookie)
            throws ServletException, IOException {
        Optional<Caller> caller = header.isPresent()
                ? header.flatMap(CallerFilter::bearer).flatMap(token -> byToken(request, token))
                : cookie.flatMap(signIn::bySession);
        // A session that is over leaves its cookie behind, and whoever has it may still sign up: that is nobody. A
        // token
        // that is not valid was sent on purpose.
        if (caller.isEmpty() && header.isPresent()) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, InvalidToken.CHALLENGE);
            problems.write(response, InvalidToken.PROBLEM);
            return;
        }
        caller.ifPresent(SignIn::remember);
        chain.doFilter(request, response);
    }

    /** Only what is answered with a body, which {@link ConfirmedAnswer} sees, may be answered for a token known from before. */
    private Optional<Caller> byToken(HttpServletRequest request, String token) {
        if (!reads(request)) {
            return signIn.byToken(token);
        }
        Optional<Caller> before = request.getMethod().equals("GET") ? signIn.byTokenAsBefore(token) : Optional.empty();
        return before.or(() -> signIn.byTokenToRead(token));
    }

    private static boolean reads(HttpServletRequest request) {
        return SAFE.contains(request.getMethod());
    }

    private static boolean isFromConsole(HttpServletRequest request) {
        return SessionCookie.HEADER_VALUE.equals(request.getHeader(SessionCookie.HEADER));
    }

    /** The scheme's name in any case: RFC 9110, section 11.1. */
    static Optional<String> bearer(String header) {
        return header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? Optional.of(header.substring(7).strip())
                : Optional.empty();
    }
}
