package dev.berth.api.repeats;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.store.Caller;
import dev.berth.store.IdempotencyKeys;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Looks, once it is clear that the caller may do what it asks, whether it has asked before.
 *
 * <p>What it promises depends on where the answer is kept:
 * <ul>
 *   <li>Methods with {@link KeepsAnswer} keep it in the transaction of the effect: exactly once, whatever dies when. A request
 *       that dies before has had no effect and is carried out when it comes again.
 *   <li>All others take the key first and keep the answer afterwards: at most once. Where the process dies between the two,
 *       nobody knows whether the effect is there. The key then stays without an answer, repeats are told so (409), and the
 *       caller has to look.
 * </ul>
 * Refused requests (4xx, 507) had no effect and are not kept: sent again, they are tried again. After another 5xx the effect may be
 * there, as where the process dies.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class RepeatCheck implements WebMvcConfigurer, HandlerInterceptor {
    private static final int ROUTE_LENGTH = 200;

    private final KeptAnswers answers;
    private final Fingerprints fingerprints;

    RepeatCheck(KeptAnswers answers, Fingerprints fingerprints) {
        this.answers = answers;
        this.fingerprints = fingerprints;
    }

    /** After the permission check: a kept answer is for those who may still ask for it. */
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**").order(Ordered.LOWEST_PRECEDENCE);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        Optional<RepeatableRequest> repeatable = RepeatableRequest.in(request);
        if (repeatable.isEmpty() || !(handler instanceof HandlerMethod method) || !needsCaller(method)) {
            return true;
        }
        Attempt attempt = attempt(request, repeatable.get(), method);
        Optional<ResponseEntity<byte[]>> earlier = answers.earlier(attempt.key(), attempt.fingerprint());
        if (earlier.isPresent()) {
            write(response, earlier.get());
            return false;
        }
        if (attempt.reserved()) {
            answers.reserve(attempt);
        }
        attempt.begin(request);
        return true;
    }

    /** Signing in and up belong to nobody yet, and set cookies, which are not kept. */
    private static boolean needsCaller(HandlerMethod method) {
        Needs needs = method.getMethodAnnotation(Needs.class);
        return needs != null && needs.value() != Permission.NOTHING;
    }

    private Attempt attempt(HttpServletRequest request, RepeatableRequest repeatable, HandlerMethod method) {
        // In the organisation that the permission check found.
        Caller caller = RepeatFilter.caller().orElseThrow();
        String pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        String route = request.getMethod() + " " + pattern;
        return new Attempt(
                new IdempotencyKeys.Key(
                        caller.membership().map(Caller.Membership::organizationId),
                        caller.principalId(),
                        route.substring(0, Math.min(route.length(), ROUTE_LENGTH)),
                        repeatable.key()),
                fingerprints.of(
                        request.getMethod(), request.getRequestURI(), request.getQueryString(), repeatable.body()),
                !method.hasMethodAnnotation(KeepsAnswer.class));
    }

    private static void write(HttpServletResponse response, ResponseEntity<byte[]> answer) throws IOException {
        response.setStatus(answer.getStatusCode().value());
        HttpHeaders headers = answer.getHeaders();
        headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        if (answer.getBody() != null) {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getOutputStream().write(answer.getBody());
        }
    }

    /** Its own transaction is undone; the faster one's answer is the answer. */
    @RestControllerAdvice
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static class Overtaken {
        private final KeptAnswers answers;

        Overtaken(KeptAnswers answers) {
            this.answers = answers;
        }

        @ExceptionHandler
        ResponseEntity<byte[]> overtaken(KeptAnswers.OvertakenException overtaken) {
            Attempt attempt = overtaken.attempt();
            return answers.earlier(attempt.key(), attempt.fingerprint())
                    .orElseThrow(() -> new IllegalStateException("The answer that was there is gone", overtaken));
        }
    }
}
