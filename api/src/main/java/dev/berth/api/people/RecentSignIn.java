package dev.berth.api.people;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.store.Caller;
import dev.berth.store.Sessions;
import dev.berth.store.Tenancy;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Whether somebody has proven lately who they are. A browser that was left open is not enough for what decides who gets in: OWASP
 * ASVS 5.0, 7.5. To prove it again is to sign in again, which makes a new session and ends this one (7.2.4).
 */
@Component
class RecentSignIn {
    static final Duration RECENT = Duration.ofMinutes(10);

    private final Tenancy tenancy;
    private final Sessions sessions;
    private final Clock clock;

    RecentSignIn(Tenancy tenancy, Sessions sessions, Clock clock) {
        this.tenancy = tenancy;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** @throws ProblemException 403, sign-in-again, where the sign-in was not lately */
    void require(Caller caller) {
        if (!isRecent(caller)) {
            throw new ProblemException(Problem.of(
                    ProblemType.SIGN_IN_AGAIN,
                    "This needs a sign-in of the last %d minutes. Sign in again, then send it again."
                            .formatted(RECENT.toMinutes())));
        }
    }

    boolean isRecent(Caller caller) {
        return caller.sessionId()
                .filter(id -> tenancy.asPlatform(
                        "account", () -> sessions.beganAfter(id, clock.instant().minus(RECENT))))
                .isPresent();
    }
}
