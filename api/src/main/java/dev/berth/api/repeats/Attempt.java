package dev.berth.api.repeats;

import dev.berth.store.IdempotencyKeys;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The request that is being answered, where it has a key.
 *
 * @param fingerprint tells it from other requests with the same key
 * @param reserved whether the key was taken before the effect, so that the answer is kept after it
 */
record Attempt(IdempotencyKeys.Key key, Fingerprint fingerprint, boolean reserved) {
    private static final String NAME = Attempt.class.getName();

    static Optional<Attempt> in(HttpServletRequest request) {
        return Optional.ofNullable((Attempt) request.getAttribute(NAME));
    }

    static Optional<Attempt> current() {
        return Optional.ofNullable(RequestContextHolder.getRequestAttributes())
                .map(request -> (Attempt) request.getAttribute(NAME, RequestAttributes.SCOPE_REQUEST));
    }

    void begin(HttpServletRequest request) {
        request.setAttribute(NAME, this);
    }
}
