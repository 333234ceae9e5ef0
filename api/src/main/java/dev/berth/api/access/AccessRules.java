package dev.berth.api.access;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemType;
import dev.berth.api.http.ProblemWriter;
import jakarta.servlet.DispatcherType;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * The door: nothing under {@code /api} without a caller, but health, sign-in and the API's own description. No session
 * on the server, no CORS, and headers that keep a browser from doing more with an answer than show it.
 */
@Configuration(proxyBeanMethods = false)
class AccessRules {
    /** Mantine sets style attributes; everything else comes from the console's own files. */
    private static final String CONTENT_POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                    + "frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** What those may ask who are not signed in yet. */
    private static final String[] OPEN = {
        "/api/health",
        "/api/openapi.json",
        "/api/session",
        "/api/sign-in/**",
        "/api/sign-up",
        "/api/sign-up/complete",
        "/api/password-reset",
        "/api/password-reset/complete",
        "/api/welcome",
        "/api/invitations/accept"
    };

    private static final String BROWSER_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

    @Bean
    SecurityFilterChain chain(HttpSecurity http, SignIn signIn, SessionCookie cookie, ProblemWriter problems)
            throws Exception {
        return http
                // Cookies need a header that no other site can send: CallerFilter.
                .csrf(AbstractHttpConfigurer::disable)
                .cors(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new CallerFilter(signIn, cookie, problems), AuthorizationFilter.class)
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                                .permitAll()
                                .requestMatchers(OPEN)
                                .permitAll()
                                .requestMatchers("/api/**")
                                .authenticated()
                                .anyRequest()
                                .permitAll())
                .exceptionHandling(denied -> denied.authenticationEntryPoint((request, response, cause) -> {
                            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"berth\"");
                            problems.write(
                                    response,
                                    Problem.of(
                                            ProblemType.UNAUTHENTICATED,
                                            "Sign in, or send the header Authorization: Bearer with an API token."));
                        })
                        .accessDeniedHandler((request, response, cause) -> problems.write(
                                response, Problem.of(ProblemType.FORBIDDEN, "The token does not allow this."))))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                        .permissionsPolicyHeader(policy -> policy.policy(BROWSER_POLICY))
                        .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN)))
                .build();
    }

    @Bean
    WebMvcRegistrations secondLook(PermissionCheck permissions) {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
                return new SecondLook(permissions);
            }
        };
    }

    /** Unknown methods pass on to the controllers' table, which answers 405 with what it knows. */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    /** Spring Boot would otherwise invent a user and print its password. */
    @Bean
    AuthenticationManager nobody() {
        return authentication -> {
            throw new ProviderNotFoundException("Passwords are checked elsewhere");
        };
    }
}
