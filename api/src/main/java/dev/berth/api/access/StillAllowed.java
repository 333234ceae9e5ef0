package dev.berth.api.access;

import dev.berth.api.http.ProblemException;
import dev.berth.store.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Asks again who an answer is for that goes on for minutes: what was revoked meanwhile ends it, as it refuses the next request.
 * Asked on the thread that answers the request.
 */
@Component
public class StillAllowed {
    private final SignIn signIn;
    private final SessionCookie cookie;
    private final PermissionCheck permissions;

    StillAllowed(SignIn signIn, SessionCookie cookie, PermissionCheck permissions) {
        this.signIn = signIn;
        this.cookie = cookie;
        this.permissions = permissions;
    }

    /** Whether the request would be let in now, in the organisation of {@code caller}; all of it is asked of the database. */
    public boolean isStill(Caller caller, HttpServletRequest request) {
        try {
            return who(request)
                    .map(now -> permissions.admit(now, request))
                    .filter(now -> now.organizationId().equals(caller.organizationId()))
                    .isPresent();
        } catch (ProblemException refused) {
            return false;
        }
    }

    private Optional<Caller> who(HttpServletRequest request) {
        Optional<String> header = Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION));
        return header.isPresent()
                ? header.flatMap(CallerFilter::bearer).flatMap(signIn::byToken)
                : cookie.in(request).flatMap(signIn::bySession);
    }
}
