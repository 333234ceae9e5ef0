package dev.berth.api.audit;

import dev.berth.api.access.Needs;
import dev.berth.api.http.Allowances;
import dev.berth.store.AuditEntry.Subject;
import dev.berth.store.Caller;
import dev.berth.store.Tenancy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Notes each request that a signed-in caller may not make, at most {@value #PER_MINUTE} a minute of one caller: a trail that
 * anybody can flood is as good as none.
 */
@Configuration(proxyBeanMethods = false)
class RefusalLog implements WebMvcConfigurer, HandlerInterceptor {
    static final int PER_MINUTE = 10;
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final int CALLERS = 10_000;

    private final Tenancy tenancy;
    private final AuditTrail trail;
    private final Allowances allowances = new Allowances(PER_MINUTE, CALLERS, Clock.systemUTC());

    RefusalLog(Tenancy tenancy, AuditTrail trail) {
        this.tenancy = tenancy;
        this.trail = trail;
    }

    /** Before the permission check, so that this one hears of what that one refuses. */
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**").order(Ordered.HIGHEST_PRECEDENCE);
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (response.getStatus() == HttpServletResponse.SC_FORBIDDEN
                && handler instanceof HandlerMethod method
                && authentication != null
                && authentication.getPrincipal() instanceof Caller caller
                && caller.membership().isPresent()
                && allowances.take(caller.principalId().toString()).isEmpty()) {
            note(request, method, caller);
        }
    }

    /** The caller has the answer already; a trail that cannot be written changes nothing about it. */
    private void note(HttpServletRequest request, HandlerMethod method, Caller caller) {
        String pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        Map<String, String> detail = new HashMap<>();
        detail.put("request", request.getMethod() + " " + pattern);
        Optional.ofNullable(method.getMethodAnnotation(Needs.class))
                .ifPresent(needs -> detail.put("needs", needs.value().name().toLowerCase(Locale.ROOT)));
        Subject subject =
                new Subject("request", subjectId(request), method.getMethod().getName());
        try {
            tenancy.inOrg(caller.organizationId(), () -> trail.refused(caller, subject, detail));
        } catch (RuntimeException e) {
            LOG.warn("A refused request is not in the audit trail: {}", e.toString());
        }
    }

    /** The service where the address names one. */
    @SuppressWarnings("unchecked")
    private static Optional<UUID> subjectId(HttpServletRequest request) {
        Map<String, String> variables = Optional.ofNullable(
                        (Map<String, String>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE))
                .orElse(Map.of());
        try {
            return Optional.ofNullable(variables.get("serviceId")).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
