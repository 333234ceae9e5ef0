package dev.berth.api.access;

import dev.berth.store.ApiToken;
import dev.berth.store.Caller;
import dev.berth.store.Tenancy;
import dev.berth.store.Tokens;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Finds out who presents a token; asked on every request, so that a revoked one ends at once. */
@Component
class SignIn {
    /** What can be a token at all, so that noise costs no query. */
    private static final Pattern FORMAT = Pattern.compile("berth_[A-Za-z0-9_-]{20,200}");

    private final Tenancy tenancy;
    private final Tokens tokens;

    SignIn(Tenancy tenancy, Tokens tokens) {
        this.tenancy = tenancy;
        this.tokens = tokens;
    }

    /** Empty for a token that is unknown, revoked or expired; which of them is nobody's business. */
    Optional<Caller> recognise(String presented) {
        if (!FORMAT.matcher(presented).matches()) {
            return Optional.empty();
        }
        return tenancy.asPlatform("sign-in", () -> {
            Optional<Caller> caller = tokens.authenticate(new ApiToken(presented));
            caller.map(Caller::tokenId).ifPresent(tokens::noteUse);
            return caller;
        });
    }
}
