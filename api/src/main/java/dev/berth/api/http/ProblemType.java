package dev.berth.api.http;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The kinds of problem that the API answers. Stable: clients switch on {@link #uri()}, never on a text. */
public enum ProblemType {
    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be read"),
    INVALID_INPUT(HttpStatus.BAD_REQUEST, "The input breaks rules"),
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "No valid token"),
    CODE_REQUIRED(HttpStatus.UNAUTHORIZED, "The password is right, and a code is needed too"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "Not allowed"),
    SIGN_IN_AGAIN(HttpStatus.FORBIDDEN, "The last sign-in is too long ago for this"),
    SECOND_FACTOR_REQUIRED(HttpStatus.FORBIDDEN, "A second factor must be set up first"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This address does not know the method"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No answer in the wanted form"),
    CONFLICT(HttpStatus.CONFLICT, "In conflict with what is there"),
    REPEAT_TOO_EARLY(HttpStatus.CONFLICT, "The request with this key has no answer yet"),
    PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "It was changed meanwhile"),
    PRECONDITION_REQUIRED(HttpStatus.PRECONDITION_REQUIRED, "The request does not say what it changes"),
    KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The key belongs to another request"),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is not JSON"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Berth made a mistake"),
    QUOTA_EXCEEDED(HttpStatus.INSUFFICIENT_STORAGE, "The organisation may have no more"),
    INSUFFICIENT_CAPACITY(HttpStatus.INSUFFICIENT_STORAGE, "The hosts have no room for it"),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Berth cannot answer now");

    private final HttpStatus status;
    private final String title;

    ProblemType(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    public URI uri() {
        return URI.create("/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** The kind that stands for a status which the framework chose. */
    static ProblemType of(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> UNAUTHENTICATED;
            case FORBIDDEN -> FORBIDDEN;
            case NOT_FOUND -> NOT_FOUND;
            case METHOD_NOT_ALLOWED -> METHOD_NOT_ALLOWED;
            case NOT_ACCEPTABLE -> NOT_ACCEPTABLE;
            case CONFLICT -> CONFLICT;
            case PRECONDITION_FAILED -> PRECONDITION_FAILED;
            case PRECONDITION_REQUIRED -> PRECONDITION_REQUIRED;
            case TOO_MANY_REQUESTS -> TOO_MANY_REQUESTS;
            case CONTENT_TOO_LARGE, URI_TOO_LONG, REQUEST_HEADER_FIELDS_TOO_LARGE -> TOO_LARGE;
            case UNSUPPORTED_MEDIA_TYPE -> UNSUPPORTED_MEDIA_TYPE;
            case SERVICE_UNAVAILABLE -> UNAVAILABLE;
            default -> status.is4xxClientError() ? MALFORMED_REQUEST : INTERNAL;
        };
    }
}
