package dev.berth.api.http;

import dev.berth.domain.InvalidInputException;
import java.util.UUID;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.MissingPathVariableException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Turns whatever ends a request early into a {@link Problem} whose status is that of the answer. */
@RestControllerAdvice
public class ProblemHandler extends ResponseEntityExceptionHandler {
    /** Comes with {@code Retry-After:} {@value #DATABASE_RETRY_SECONDS}. */
    public static final Problem DATABASE_GONE =
            Problem.of(ProblemType.UNAVAILABLE, "The database does not answer. Try again in a few seconds.");

    public static final String DATABASE_RETRY_SECONDS = "2";

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    @ExceptionHandler
    ResponseEntity<Problem> problem(ProblemException ended) {
        return answer(ended.problem());
    }

    @ExceptionHandler
    ResponseEntity<Problem> invalid(InvalidInputException input) {
        return answer(Problem.of(input.violations()));
    }

    /** Tomcat decodes parameters when they are first asked for, so their mistakes surface here. */
    @ExceptionHandler
    ResponseEntity<Problem> undecodable(InvalidParameterException parameter) {
        return answer(Problem.of(ProblemType.MALFORMED_REQUEST, "The query string cannot be decoded."));
    }

    @ExceptionHandler({
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class,
        QueryTimeoutException.class
    })
    ResponseEntity<Problem> databaseGone(Exception cause) {
        LOG.warn("The database does not answer: {}", cause.toString());
        return ResponseEntity.status(DATABASE_GONE.status())
                .header(HttpHeaders.RETRY_AFTER, DATABASE_RETRY_SECONDS)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(DATABASE_GONE);
    }

    @ExceptionHandler
    ResponseEntity<Problem> unforeseen(Exception cause) {
        return answer(unforeseenProblem(cause));
    }

    /** Logs a mistake of Berth's own and says under which id; what happened stays in the log. */
    static Problem unforeseenProblem(Throwable cause) {
        UUID id = UUID.randomUUID();
        LOG.error("Request ended by a mistake of ours, {}", id, cause);
        return Problem.of(ProblemType.INTERNAL, "It is in Berth's log under " + id + ".");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(unreadableProblem(unreadable), headers);
    }

    @ExceptionHandler
    ResponseEntity<Problem> tooLarge(BodyLimit.ExceededException body) {
        return answer(BodyLimit.PROBLEM);
    }

    private static Problem unreadableProblem(HttpMessageNotReadableException unreadable) {
        if (unreadable.getCause() instanceof BodyLimit.ExceededException) {
            return BodyLimit.PROBLEM;
        }
        return unreadable.getCause() instanceof JacksonException refused
                ? JsonMistakes.explain(refused)
                : Problem.of(ProblemType.MALFORMED_REQUEST, "The request needs a JSON object as its body.");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException mismatch, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (mismatch instanceof MethodArgumentTypeMismatchException argument
                && argument.getParameter().hasParameterAnnotation(PathVariable.class)) {
            // What cannot be an id names nothing.
            return answer(Problem.of(ProblemType.NOT_FOUND, "There is nothing at this address."), headers);
        }
        String name = String.valueOf(mismatch.getPropertyName());
        return answer(Problem.ofParameter(name, "has a value that it cannot take"), headers);
    }

    /** A blank id. */
    @Override
    protected @Nullable ResponseEntity<Object> handleMissingPathVariable(
            MissingPathVariableException missing, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(Problem.of(ProblemType.NOT_FOUND, "There is nothing at this address."), headers);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException missing,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return answer(Problem.ofParameter(missing.getParameterName(), "is required"), headers);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception cause, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpStatus known = HttpStatus.resolve(status.value());
        ProblemType type = ProblemType.of(known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known);
        return answer(
                type == ProblemType.INTERNAL ? unforeseenProblem(cause) : Problem.of(type, sentence(type, headers)),
                headers);
    }

    private static String sentence(ProblemType type, HttpHeaders headers) {
        return switch (type) {
            case NOT_FOUND -> "There is nothing at this address.";
            case METHOD_NOT_ALLOWED -> "It knows " + headers.getAllow() + ".";
            case UNSUPPORTED_MEDIA_TYPE -> "Send it with Content-Type: application/json.";
            case NOT_ACCEPTABLE -> "The answer has none of the types that Accept names.";
            default -> type.title() + ".";
        };
    }

    private static ResponseEntity<Problem> answer(Problem problem) {
        Refusal.note(problem);
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static ResponseEntity<Object> answer(Problem problem, HttpHeaders headers) {
        Refusal.note(problem);
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
