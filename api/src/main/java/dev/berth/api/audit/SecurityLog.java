package dev.berth.api.audit;

import dev.berth.api.access.SignIn;
import dev.berth.api.http.Allowances;
import dev.berth.api.http.ClientAddress;
import dev.berth.api.http.Refusal;
import dev.berth.store.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * One line in the API's log for each request that was refused: for its input, its caller, its rights or its number. Nothing that
 * the caller wrote stands in it but names of fields, cleaned; never a value. At most {@value #PER_MINUTE} a minute of one
 * address, or of one network of IPv6.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class SecurityLog extends OncePerRequestFilter implements WebMvcConfigurer, HandlerInterceptor {
    static final int PER_MINUTE = 60;
    /** The name by which a collector of logs finds these lines. */
    static final String NAME = "dev.berth.security";

    private static final Logger LOG = LoggerFactory.getLogger(NAME);
    private static final String CALLER = SecurityLog.class.getName();
    private static final int ADDRESSES = 10_000;
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,10}");
    /** What says that two people met, not that one tried something. */
    private static final Set<Integer> ORDINARY = Set.of(409, 412, 428);

    private final Allowances allowances = new Allowances(PER_MINUTE, ADDRESSES, Clock.systemUTC());

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**").order(Ordered.HIGHEST_PRECEDENCE);
    }

    /** Keeps who asks, since after the filters nobody knows any more. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        SignIn.current().ifPresent(caller -> request.setAttribute(CALLER, caller));
        return true;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } finally {
            int status = response.getStatus();
            if (status >= 400 && status < 500 && !ORDINARY.contains(status) && isOurs(request)) {
                note(request, status);
            }
        }
    }

    private static boolean isOurs(HttpServletRequest request) {
        return request.getServletPath().startsWith("/api");
    }

    private void note(HttpServletRequest request, int status) {
        String address = request.getRemoteAddr();
        if (allowances.take(ClientAddress.customer(address)).isPresent()) {
            return;
        }
        Optional<Refusal> refusal = Refusal.of(request);
        LOG.info(
                "refused status={} kind={} method={} route={} places={} by={} from={}",
                status,
                refusal.map(Refusal::kind).orElse("-"),
                METHOD.matcher(request.getMethod()).matches() ? request.getMethod() : "?",
                route(request),
                refusal.map(Refusal::places).map(Object::toString).orElse("[]"),
                caller(request),
                address);
    }

    /** As the code has it: of an address that nobody answers at, nothing is repeated. */
    private static String route(HttpServletRequest request) {
        return Optional.ofNullable(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
                .map(Object::toString)
                .orElse("-");
    }

    private static String caller(HttpServletRequest request) {
        return request.getAttribute(CALLER) instanceof Caller caller
                ? (caller.token().isPresent() ? "token:" : "user:") + caller.principalId()
                : "-";
    }
}
