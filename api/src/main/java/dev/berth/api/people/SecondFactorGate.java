package dev.berth.api.people;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.access.SignIn;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.settings.Settings;
import dev.berth.settings.Settings.SecondFactorRule;
import dev.berth.store.Caller;
import dev.berth.store.People;
import dev.berth.store.Person;
import dev.berth.store.Tenancy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * With SECOND_FACTOR=required, who is there in person and has no second factor may do nothing but look at themselves, set one up
 * and sign out. A token passes: only somebody who passed here could make it, or the operator on the machine. Otherwise it is not
 * there, and costs nothing.
 */
@Configuration(proxyBeanMethods = false)
class SecondFactorGate implements WebMvcConfigurer, HandlerInterceptor {
    private final Settings settings;
    private final Tenancy tenancy;
    private final People people;

    SecondFactorGate(Settings settings, Tenancy tenancy, People people) {
        this.settings = settings;
        this.tenancy = tenancy;
        this.people = people;
    }

    /** After the permission check: what is refused there is refused there, with its own answer. */
    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        if (settings.secondFactor() == SecondFactorRule.REQUIRED) {
            registry.addInterceptor(this)
                    .addPathPatterns("/api/**")
                    .excludePathPatterns("/api/me", "/api/me/totp", "/api/me/totp/confirm")
                    .order(1);
        }
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && needsSomebody(method)) {
            SignIn.current()
                    .filter(Caller::inPerson)
                    .filter(caller -> !hasSecondFactor(caller))
                    .ifPresent(caller -> {
                        throw new ProblemException(Problem.of(
                                ProblemType.SECOND_FACTOR_REQUIRED,
                                "Everybody here needs a second factor. Set yours up first: POST /api/me/totp."));
                    });
        }
        return true;
    }

    private static boolean needsSomebody(HandlerMethod method) {
        return Optional.ofNullable(method.getMethodAnnotation(Needs.class))
                .filter(needs -> needs.value() != Permission.NOTHING)
                .isPresent();
    }

    private boolean hasSecondFactor(Caller caller) {
        return tenancy.asPlatform("access", () -> people.find(caller.userId()))
                .filter(Person::hasSecondFactor)
                .isPresent();
    }
}
