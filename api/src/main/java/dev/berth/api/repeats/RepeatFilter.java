package dev.berth.api.repeats;

import dev.berth.store.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Holds a request with a key in memory on the way in, and its answer on the way out, where it is kept. */
@Component
@Order(RepeatFilter.BEHIND_SIGN_IN)
class RepeatFilter extends OncePerRequestFilter {
    /** Spring Security's chain has -100. */
    static final int BEHIND_SIGN_IN = -50;

    private static final Logger LOG = LoggerFactory.getLogger(RepeatFilter.class);

    private final KeptAnswers answers;

    RepeatFilter(KeptAnswers answers) {
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> key =
                request.getMethod().equals("POST") && caller().isPresent() ? KeyHeader.read(request) : Optional.empty();
        if (key.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        try {
            chain.doFilter(new RepeatableRequest(request, key.get()), answer);
        } catch (RuntimeException e) {
            answer.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            Attempt.in(request).filter(Attempt::reserved).ifPresent(attempt -> settle(attempt, answer));
            throw e;
        }
        Attempt.in(request).filter(Attempt::reserved).ifPresent(attempt -> settle(attempt, answer));
        answer.copyBodyToResponse();
    }

    /** Where this fails, the key stays without an answer: the caller learns that from the next repeat. */
    private void settle(Attempt attempt, ContentCachingResponseWrapper answer) {
        try {
            if (answer.getStatus() >= 200 && answer.getStatus() < 300) {
                answers.complete(
                        attempt,
                        answer.getStatus(),
                        Optional.ofNullable(answer.getHeader(HttpHeaders.LOCATION)),
                        answer.getContentAsByteArray());
            } else if (isRefusal(answer.getStatus())) {
                answers.release(attempt);
            } else {
                LOG.warn(
                        "{} ended with {}, and may have taken effect",
                        attempt.key().route(),
                        answer.getStatus());
            }
        } catch (RuntimeException e) {
            LOG.warn("The answer to {} could not be kept: {}", attempt.key().route(), e.toString());
        }
    }

    /** After anything else the effect may be there: a database that goes away can have committed what nobody heard of. */
    private static boolean isRefusal(int status) {
        return status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR
                || status == HttpStatus.INSUFFICIENT_STORAGE.value();
    }

    static Optional<Caller> caller() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }
}
