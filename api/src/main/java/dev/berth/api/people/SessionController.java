package dev.berth.api.people;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.access.SignIn;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.domain.InvalidInputException;
import dev.berth.domain.Violation;
import dev.berth.store.Caller;
import dev.berth.store.Person;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
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
    private final PasswordSignIn passwordSignIn;
    private final Attempts attempts;
    private final OpenSession open;

    SessionController(SignIn signIn, PasswordSignIn passwordSignIn, Attempts attempts, OpenSession open) {
        this.signIn = signIn;
        this.passwordSignIn = passwordSignIn;
        this.attempts = attempts;
        this.open = open;
    }

    @PostMapping
    @Needs(Permission.NOTHING)
    @Operation(
            operationId = "createSession",
            summary =
                    "Sign in, by e-mail address and password or by an API token; the answer sets the session's cookie",
            description =
                    "Where a second factor is on and code is missing the answer is 401 of the type /problems/code-required, "
                            + "once the password is right. A session opened by a token may no more than the token.")
    @SecurityRequirements
    ResponseEntity<Void> create(@RequestBody CreateSessionRequest body, HttpServletRequest request) {
        ResponseCookie cookie =
                body.checkedToken().map(token -> byToken(token, request)).orElseGet(() -> byPassword(body, request));
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie.toString())
                .build();
    }

    private ResponseCookie byToken(String token, HttpServletRequest request) {
        attempts.countAddress();
        Caller caller = signIn.byToken(token)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        ProblemType.UNAUTHENTICATED,
                        "The token is unknown, expired or revoked. Check it, or make a new one.")));
        return open.of(caller.userId(), caller.email(), caller.token().map(Caller.Token::id), "token", request);
    }

    private ResponseCookie byPassword(CreateSessionRequest body, HttpServletRequest request) {
        Person person = passwordSignIn.signIn(
                String.valueOf(body.email()), String.valueOf(body.password()), Optional.ofNullable(body.code()));
        return open.of(person.id(), person.email(), Optional.empty(), "password", request);
    }

    @DeleteMapping
    @Needs(Permission.NOTHING)
    @Operation(operationId = "deleteSession", summary = "Sign out: the session ends and the answer removes the cookie")
    @SecurityRequirements
    ResponseEntity<Void> delete(HttpServletRequest request) {
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, open.end(request).toString())
                .build();
    }

    /** Either a token, or address and password. */
    record CreateSessionRequest(
            @Schema(example = "berth_…") @Nullable String token,
            @Nullable String email,
            @Nullable String password,

            @Schema(description = "Of the authenticator app, or a recovery code") @Nullable
            String code) {
        Optional<String> checkedToken() {
            List<Violation> violations = new ArrayList<>();
            if (token != null) {
                if (email != null || password != null || code != null) {
                    violations.add(Violation.of("token", "does not go with email, password or code"));
                }
            } else if (email == null && password == null) {
                violations.add(Violation.of("token", "is required, or else email and password"));
            } else if (email == null) {
                violations.add(Violation.of("email", "is required with password"));
            } else if (password == null) {
                violations.add(Violation.of("password", "is required with email"));
            }
            if (!violations.isEmpty()) {
                throw new InvalidInputException(violations);
            }
            return Optional.ofNullable(token);
        }

        @Override
        public String toString() {
            return "CreateSessionRequest[…]";
        }
    }
}
