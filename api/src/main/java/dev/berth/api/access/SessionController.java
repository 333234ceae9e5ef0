package dev.berth.api.access;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.domain.InvalidInputException;
import dev.berth.domain.Violation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signs the console in and out. */
@RestController
@RequestMapping("/api/session")
@Tag(name = "Access")
class SessionController {
    private final SignIn signIn;
    private final SessionCookie cookie;

    SessionController(SignIn signIn, SessionCookie cookie) {
        this.signIn = signIn;
        this.cookie = cookie;
    }

    @PostMapping
    @Needs(Permission.NOTHING)
    @Operation(
            operationId = "createSession",
            summary = "Sign in with an API token; the answer sets the cookie berth_session")
    @SecurityRequirements
    ResponseEntity<Void> create(@RequestBody CreateSessionRequest request) {
        String token = request.presented();
        if (signIn.recognise(token).isEmpty()) {
            throw new ProblemException(Problem.of(
                    ProblemType.UNAUTHENTICATED,
                    "The token is unknown, expired or revoked. Check it, or make a new one."));
        }
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie.holding(token).toString())
                .build();
    }

    @DeleteMapping
    @Needs(Permission.NOTHING)
    @Operation(operationId = "deleteSession", summary = "Sign out: the answer removes the cookie")
    @SecurityRequirements
    ResponseEntity<Void> delete() {
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie.removed().toString())
                .build();
    }

    record CreateSessionRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "berth_…") @Nullable
            String token) {
        String presented() {
            if (token == null) {
                throw new InvalidInputException(List.of(Violation.of("token", "is required")));
            }
            return token;
        }

        @Override
        public String toString() {
            return "CreateSessionRequest[…]";
        }
    }
}
