package dev.berth.api.access;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;

/** What a token gets that is worth nothing. */
final class InvalidToken {
    static final Problem PROBLEM =
            Problem.of(ProblemType.UNAUTHENTICATED, "The token is unknown, expired or revoked. Sign in again.");
    /** RFC 6750, section 3. */
    static final String CHALLENGE = "Bearer realm=\"berth\", error=\"invalid_token\"";

    private InvalidToken() {}

    static ProblemException refused(HttpServletResponse response) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        return new ProblemException(PROBLEM);
    }
}
