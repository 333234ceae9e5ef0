package dev.berth.api.repeats;

import dev.berth.api.http.HeldRequest;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.util.WebUtils;

/** A request with a key, whose body is here so that its fingerprint can be taken before it is answered. */
final class RepeatableRequest extends HeldRequest {
    private final String key;

    /** @throws IOException where the body is too large */
    RepeatableRequest(HttpServletRequest request, String key) throws IOException {
        super(request);
        this.key = key;
    }

    static Optional<RepeatableRequest> in(ServletRequest request) {
        return Optional.ofNullable(WebUtils.getNativeRequest(request, RepeatableRequest.class));
    }

    String key() {
        return key;
    }
}
