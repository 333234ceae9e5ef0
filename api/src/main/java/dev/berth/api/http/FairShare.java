package dev.berth.api.http;

import dev.berth.store.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Carries out an organisation's requests that change something a few at a time, in the order in which they came. A thousand at once
 * would else take all connections to the database from everybody else, wait there for one another's row, and be told to try again
 * when half their work was done.
 */
@Component
@Order(RateLimit.Known.BEHIND_SIGN_IN + 1)
class FairShare extends OncePerRequestFilter {
    /** Half of the connections that there are. */
    private static final int AT_ONCE = 8;

    /** On two cores a thousand deploys of one service take 8 to 21 s: the last may have to come again. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int LONGEST_LINE = 2_000;
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final ProblemWriter problems;
    private final int atOnce;
    private final int longest;
    private final Duration patience;
    /** Of organisations that have requests here now. */
    private final ConcurrentHashMap<UUID, Line> lines = new ConcurrentHashMap<>();

    @Autowired
    FairShare(ProblemWriter problems) {
        this(problems, AT_ONCE, LONGEST_LINE, PATIENCE);
    }

    FairShare(ProblemWriter problems, int atOnce, int longest, Duration patience) {
        this.problems = problems;
        this.atOnce = atOnce;
        this.longest = longest;
        this.patience = patience;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<UUID> customer = SAFE.contains(request.getMethod()) ? Optional.empty() : customer();
        if (customer.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Line line = lines.compute(
                customer.get(),
                (_, there) -> (there == null ? new Line(new Semaphore(atOnce, true), 0) : there).plus(1));
        try {
            if (line.length() > longest || !getsTurn(line)) {
                refuse(response);
                return;
            }
            try {
                chain.doFilter(request, response);
            } finally {
                line.turns().release();
            }
        } finally {
            lines.computeIfPresent(customer.get(), (_, there) -> there.length() == 1 ? null : there.plus(-1));
        }
    }

    private boolean getsTurn(Line line) {
        try {
            return line.turns().tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void refuse(HttpServletResponse response) throws IOException {
        long seconds = 2;
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        problems.write(
                response,
                TooOften.problem("The organisation has more requests under way than can be carried out.", seconds));
    }

    /** An organisation, or a person who asks for nothing of one; nobody where nobody is signed in. */
    private static Optional<UUID> customer() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller
                ? Optional.of(caller.membership()
                        .map(Caller.Membership::organizationId)
                        .orElse(caller.userId()))
                : Optional.empty();
    }

    /** @param length how many have come and not gone, those included whose turn it is */
    private record Line(Semaphore turns, int length) {
        Line plus(int more) {
            return new Line(turns, length + more);
        }
    }
}
