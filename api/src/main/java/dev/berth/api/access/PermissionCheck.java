package dev.berth.api.access;

import dev.berth.api.access.Needs.OneService;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.domain.Role;
import dev.berth.store.Caller;
import dev.berth.store.CallerChangedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Holds each call against what its controller method {@link Needs}. What the caller may not see is answered like what does not
 * exist; what is seen and not allowed is answered with what it would take.
 */
@Configuration(proxyBeanMethods = false)
class PermissionCheck implements WebMvcConfigurer, HandlerInterceptor {
    private final RequestOrganization organization;
    private final SignIn signIn;

    PermissionCheck(RequestOrganization organization, SignIn signIn) {
        this.organization = organization;
        this.signIn = signIn;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || !method.hasMethodAnnotation(OneQuery.class)) {
            confirm(response);
        }
        if (handler instanceof HandlerMethod method
                && method.getBeanType().getPackageName().startsWith("dev.berth")) {
            Needs needs = needs(method);
            if (needs.value() != Permission.NOTHING) {
                check(needs, request, response);
            }
        }
        return true;
    }

    /** For a {@link OneQuery} whose caller turned out to be somebody else, or not to be known any more. */
    void checkAgain(
            HandlerMethod method,
            HttpServletRequest request,
            HttpServletResponse response,
            CallerChangedException changed) {
        SignIn.remember(signIn.learn(changed).orElseThrow(() -> forgotten(response)));
        preHandle(request, response, method);
    }

    private void check(Needs needs, HttpServletRequest request, HttpServletResponse response) {
        try {
            SignIn.remember(admit(current(), needs, request));
        } catch (ProblemException refused) {
            if (signIn.isConfirmed()) {
                throw refused;
            }
            // For what they were is nobody refused.
            confirm(response);
            SignIn.remember(admit(current(), needs, request));
        }
    }

    /** For a {@link OneQuery} that was refused before its query: first for what it may not, then for what is wrong with it. */
    void confirmRefused(HandlerMethod method, HttpServletRequest request, HttpServletResponse response) {
        if (!signIn.isConfirmed()) {
            confirm(response);
            preHandle(request, response, method);
        }
    }

    private void confirm(HttpServletResponse response) {
        if (!signIn.isConfirmed()) {
            SignIn.remember(signIn.confirm().orElseThrow(() -> forgotten(response)));
        }
    }

    /** Whom the token was of is not who asks. */
    private static ProblemException forgotten(HttpServletResponse response) {
        SecurityContextHolder.clearContext();
        return InvalidToken.refused(response);
    }

    private static Caller current() {
        return SignIn.current().orElseThrow(PermissionCheck::unguarded);
    }

    /**
     * For a request that is being answered since a while.
     *
     * @return the caller, in the organisation that the request is about
     * @throws ProblemException where it would not be let in now
     */
    Caller admit(Caller caller, HttpServletRequest request) {
        if (!(request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod method)) {
            throw new IllegalStateException("No controller answers this request");
        }
        return admit(caller, needs(method), request);
    }

    private static Needs needs(HandlerMethod method) {
        return Optional.ofNullable(method.getMethodAnnotation(Needs.class))
                .orElseThrow(() -> new IllegalStateException(method + " declares no permission"));
    }

    /** @return the caller, in the organisation that the request is about */
    private Caller admit(Caller caller, Needs needs, HttpServletRequest request) {
        Permission needed = needs.value();
        // The platform's admins look at organisations from outside: the one in the path is what they ask about, not who
        // they are.
        Optional<String> inPath = needed == Permission.OPERATE ? Optional.empty() : variable(request, "organizationId");
        Optional<String> named = Optional.ofNullable(request.getHeader(RequestOrganization.HEADER));
        if (needed == Permission.IN_PERSON && !caller.inPerson()) {
            throw refused("Only a person who is signed in may do this, no token and no session that a token opened.");
        }
        Caller entered = inPath.isPresent() || needed.isOfOrganization()
                ? organization.enter(caller, inPath, named)
                : organization.enterIfKnown(caller, named);
        // Before anything is refused: the audit trail of the organisation hears of it.
        SignIn.remember(entered);
        if (needed == Permission.OPERATE && !caller.platformAdmin()) {
            throw refused("Only the platform's admins may do this.");
        }
        Optional<String> service = variable(request, "serviceId");
        caller.token().ifPresent(token -> checkToken(token, needs, service));
        if (needed.isOfOrganization()) {
            checkRole(entered, needed, service.flatMap(RequestOrganization::id));
        }
        return entered;
    }

    private static void checkToken(Caller.Token token, Needs needs, Optional<String> service) {
        Permission needed = needs.value();
        if (!token.scope().includes(needed.scope())) {
            throw refused("This needs a token of the scope %s; the scope of this one is %s."
                    .formatted(needed.scope().word(), token.scope().word()));
        }
        if (token.serviceId().isEmpty() || needed == Permission.SIGNED_IN) {
            return;
        }
        boolean refusedWithoutService = service.isEmpty() && needs.oneService() == OneService.REFUSED;
        if (needed.isWiderThanAService() || refusedWithoutService) {
            throw refused("This token is for one service only; this needs one that is not limited.");
        }
        if (service.isPresent() && !service.flatMap(RequestOrganization::id).equals(token.serviceId())) {
            throw ProblemException.notFound("service");
        }
    }

    private static void checkRole(Caller caller, Permission needed, Optional<UUID> service) {
        // A grant is about a service, and the organisation's owner owns more than that.
        Role role = caller.roleFor(needed == Permission.OWN ? Optional.empty() : service)
                .orElseThrow(PermissionCheck::unguarded);
        if (!role.includes(needed.role())) {
            String grant = service.isPresent() && needed != Permission.OWN ? ", or a grant for the service" : "";
            throw refused("This needs the role %s%s; yours is %s. Ask an admin of the organisation."
                    .formatted(needed.role().word(), grant, role.word()));
        }
    }

    private static ProblemException refused(String sentence) {
        return new ProblemException(Problem.of(ProblemType.FORBIDDEN, sentence));
    }

    private static IllegalStateException unguarded() {
        return new IllegalStateException("The filter chain let a request without a caller pass");
    }

    @SuppressWarnings("unchecked")
    private static Optional<String> variable(HttpServletRequest request, String name) {
        return Optional.ofNullable(
                        (Map<String, String>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE))
                .map(variables -> variables.get(name));
    }
}
