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

    /** The rest of the connections is for those who read, however many organisations and people change something. */
    private static final int AT_ONCE_OF_ALL = 12;

    /** On two cores a thousand deploys of one service take 8 to 21 s: the last may have to come again. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int LONGEST_LINE = 2_000;
    /** What the bodies of those in one line may take. */
    private static final int MOST_KIB = 64 << 10;

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final ProblemWriter problems;
    private final int atOnce;
    private final int longest;
    private final Duration patience;
    private final Semaphore turnsOfAll;
    /** Of organisations that have requests here now. */
    private final ConcurrentHashMap<UUID, Line> lines = new ConcurrentHashMap<>();

    @Autowired
    FairShare(ProblemWriter problems) {
        this(problems, AT_ONCE, AT_ONCE_OF_ALL, LONGEST_LINE, PATIENCE);
    }

    FairShare(ProblemWriter problems, int atOnce, int atOnceOfAll, int longest, Duration patience) {
        this.problems = problems;
        this.atOnce = atOnce;
        this.turnsOfAll = new Semaphore(atOnceOfAll, true);
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
        Line line = lines.compute(customer.get(), (_, there) -> (there == null ? Line.of(atOnce) : there).plus(1));
        int kib = kib(request);
        boolean hasRoom = line.length() <= longest && line.room().tryAcquire(kib);
        try {
            if (hasRoom) {
                // Before it is their turn: nobody waits for whoever sends slowly.
                answer(line, new HeldRequest(request), response, chain);
            } else {
                refuse(response);
            }
        } finally {
            if (hasRoom) {
                line.room().release(kib);
            }
            lines.computeIfPresent(customer.get(), (_, there) -> there.length() == 1 ? null : there.plus(-1));
        }
    }

    private void answer(Line line, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long until = System.nanoTime() + patience.toNanos();
        if (!getsTurn(line.turns(), until)) {
            refuse(response);
            return;
        }
        try {
            if (!getsTurn(turnsOfAll, until)) {
                refuse(response);
                return;
            }
            try {
                chain.doFilter(request, response);
            } finally {
                turnsOfAll.release();
            }
        } finally {
            line.turns().release();
        }
    }

    /** What a body may take: as much as it says, and else as much as any may. */
    private static int kib(HttpServletRequest request) {
        long announced = request.getContentLengthLong();
        boolean unknown = announced < 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        return (int) ((unknown ? BodyLimit.BYTES : Math.max(0, announced)) + 1023 >> 10);
    }

    private static boolean getsTurn(Semaphore turns, long until) {
        try {
            return turns.tryAcquire(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
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

    /**
     * @param room KiB that the bodies of those in it may still take
     * @param length how many have come and not gone, those included whose turn it is
     */
    private record Line(Semaphore turns, Semaphore room, int length) {
        static Line of(int atOnce) {
            return new Line(new Semaphore(atOnce, true), new Semaphore(MOST_KIB), 0);
        }

        Line plus(int more) {
            return new Line(turns, room, length + more);
        }
    }
}
