package dev.berth.api.access;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemHandler;
import dev.berth.api.http.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Lets nothing out for a token that is only known from before. What no read has confirmed by now is a problem of the request
 * itself, such as an address where nothing is; it says the same to everybody whose token is worth something.
 */
@ControllerAdvice
class ConfirmedAnswer implements ResponseBodyAdvice<Object> {
    /** What the problem was about that is not told. */
    private static final List<String> SPEAKING =
            List.of(HttpHeaders.ALLOW, HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_PATCH);

    private final SignIn signIn;

    ConfirmedAnswer(SignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    public boolean supports(MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    /** @throws IllegalStateException where a {@link OneQuery} has asked none */
    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returned,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (signIn.isConfirmed()) {
            // Whoever takes no door to the rows has their connection still, and may be slow to read.
            signIn.leave();
            return body;
        }
        if (!(body instanceof Problem problem)) {
            throw new IllegalStateException(returned.getMethod() + " answers without having read");
        }
        // What is our own fault tells nothing, and the database may be the reason.
        if (problem.status() >= HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            return body;
        }
        try {
            return signIn.confirm().isPresent() ? body : unrecognised(response);
        } catch (TransactionException | DataAccessException gone) {
            response.getHeaders().set(HttpHeaders.RETRY_AFTER, ProblemHandler.DATABASE_RETRY_SECONDS);
            response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
            return ProblemHandler.DATABASE_GONE;
        }
    }

    private static Problem unrecognised(ServerHttpResponse response) {
        Refusal.note(InvalidToken.PROBLEM);
        SPEAKING.forEach(response.getHeaders()::remove);
        response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, InvalidToken.CHALLENGE);
        response.setStatusCode(HttpStatus.UNAUTHORIZED);
        return InvalidToken.PROBLEM;
    }
}
