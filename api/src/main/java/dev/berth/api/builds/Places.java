package dev.berth.api.builds;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.store.Caller;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpHeaders;

/**
 * Places for those who follow a log. Each asks the database every now and then, so there are only so many; and so that one
 * organisation cannot take them all, nor one token or session those of its organisation, each has a share.
 */
final class Places {
    static final int ALL = 500;
    static final int OF_ORGANIZATION = 50;
    static final int OF_PRINCIPAL = 20;

    private static final String RETRY_SECONDS = "5";

    private final Map<UUID, Integer> shares = new HashMap<>();
    private int taken;

    /** Held by who follows; to be closed once. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws ProblemException 429 where the caller's share is used up, 503 where all places are; with Retry-After */
    Place take(Caller caller, HttpServletResponse response) {
        try {
            return take(caller.organizationId(), caller.principalId());
        } catch (ProblemException full) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
            throw full;
        }
    }

    synchronized Place take(UUID organization, UUID principal) {
        if (shares.getOrDefault(principal, 0) >= OF_PRINCIPAL) {
            throw full(
                    ProblemType.TOO_MANY_REQUESTS,
                    "You follow %d build logs already, and more you may not at once.".formatted(OF_PRINCIPAL));
        }
        if (shares.getOrDefault(organization, 0) >= OF_ORGANIZATION) {
            throw full(
                    ProblemType.TOO_MANY_REQUESTS,
                    "Your organisation follows %d build logs already, and more it may not at once."
                            .formatted(OF_ORGANIZATION));
        }
        if (taken >= ALL) {
            throw full(ProblemType.UNAVAILABLE, "Too many follow build logs now. Try again in a few seconds.");
        }
        taken++;
        List<UUID> holders = List.of(organization, principal);
        holders.forEach(holder -> shares.merge(holder, 1, Integer::sum));
        return () -> leave(holders);
    }

    private synchronized void leave(List<UUID> holders) {
        taken--;
        holders.forEach(holder -> shares.computeIfPresent(holder, (_, held) -> held > 1 ? held - 1 : null));
    }

    private static ProblemException full(ProblemType type, String sentence) {
        return new ProblemException(Problem.of(type, sentence));
    }
}
