package dev.berth.api.access;

import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds out who presents a token. */
@Component
class SignIn {
    /** Empty for a token that is unknown, revoked or expired; which of them is nobody's business. */
    Optional<Caller> recognise(ApiToken token) {
        return Optional.empty();
    }
}
