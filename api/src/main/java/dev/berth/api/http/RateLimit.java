package dev.berth.api.http;

import dev.berth.settings.Settings;
import dev.berth.store.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a token or session, and an address that is not signed in, make only so many requests in a minute. A sign-in that fails
 * counts for its address; one that succeeds never suffers from what others at the same address do.
 *
 * <p>Health is asked by machines and never refused. The console's files are not counted.
 */
@Component
public class RateLimit {
    private static final int PRINCIPALS = 50_000;
    private static final int ADDRESSES = 100_000;

    private static final String COUNTED = RateLimit.class.getName();

    private final Allowances principals;
    private final Allowances addresses;
    private final ProblemWriter problems;

    @Autowired
    public RateLimit(Settings settings, ProblemWriter problems) {
        this(settings.rateLimitPerMinute(), settings.rateLimitAnonymousPerMinute(), problems, Clock.systemUTC());
    }

    RateLimit(int perPrincipal, int perAddress, ProblemWriter problems, Clock clock) {
        this.principals = new Allowances(perPrincipal, PRINCIPALS, clock);
        this.addresses = new Allowances(perAddress, ADDRESSES, clock);
        this.problems = problems;
    }

    /** @return whether the request may go on; otherwise the answer is written */
    private boolean admit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setAttribute(COUNTED, true);
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        Optional<Duration> wait = authentication != null && authentication.getPrincipal() instanceof Caller caller
                ? principals.take(caller.principalId().toString())
                : addresses.take(ClientAddress.customer(request.getRemoteAddr()));
        if (wait.isPresent()) {
            refuse(response, wait.get());
        }
        return wait.isEmpty();
    }

    private void countFailedSignIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Duration> wait = addresses.take(ClientAddress.customer(request.getRemoteAddr()));
        if (wait.isPresent()) {
            refuse(response, wait.get());
        }
    }

    private void refuse(HttpServletResponse response, Duration wait) throws IOException {
        long seconds = TooOften.seconds(wait);
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        problems.write(response, TooOften.problem("More requests came than may come in a minute.", seconds));
    }

    private static boolean isFree(HttpServletRequest request) {
        // Decoded, as the controllers are found by it: "/%61pi/session" is "/api/session".
        String path = request.getServletPath();
        return !path.startsWith("/api/") || path.equals("/api/health");
    }

    /** Behind sign-in and before everything that costs. */
    @Component
    @Order(Known.BEHIND_SIGN_IN)
    static class Known extends OncePerRequestFilter {
        /** Spring Security's chain has -100. */
        static final int BEHIND_SIGN_IN = -60;

        private final RateLimit limit;

        Known(RateLimit limit) {
            this.limit = limit;
        }

        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            return isFree(request);
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            if (limit.admit(request, response)) {
                chain.doFilter(request, response);
            }
        }
    }

    /** Around sign-in: what does not come through it is counted here. */
    @Component
    @Order(Ordered.HIGHEST_PRECEDENCE + 30)
    static class Strangers extends OncePerRequestFilter {
        private final RateLimit limit;

        Strangers(RateLimit limit) {
            this.limit = limit;
        }

        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            return isFree(request);
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            chain.doFilter(request, response);
            if (response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED && request.getAttribute(COUNTED) == null) {
                limit.countFailedSignIn(request, response);
            }
        }
    }
}
