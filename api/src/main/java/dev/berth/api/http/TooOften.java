package dev.berth.api.http;

import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Refuses what came too often, and says when to come again. */
public final class TooOften {
    private TooOften() {}

    /**
     * 429 with {@code Retry-After}, in whole seconds.
     *
     * @param sentence what there was too much of
     * @param wait until the next one may come
     */
    public static ProblemException refusal(String sentence, Duration wait) {
        long seconds = seconds(wait);
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                && current.getResponse() != null) {
            current.getResponse().setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        }
        return new ProblemException(problem(sentence, seconds));
    }

    static Problem problem(String sentence, long seconds) {
        return Problem.of(ProblemType.TOO_MANY_REQUESTS, "%s Try again in %d s.".formatted(sentence, seconds));
    }

    /** Rounded up: who comes a moment early is refused again. */
    static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
