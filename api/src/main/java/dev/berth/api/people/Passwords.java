package dev.berth.api.people;

import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords with Argon2id at 19 MiB, two passes, one lane: the OWASP Password Storage Cheat Sheet's least. Few hashes are
 * made at a time, or many sign-ins at once would take all memory.
 */
@Component
public class Passwords {
    /** In characters. NIST SP 800-63B-4, 3.1.1.2, wants 15 where a password is all there is; ours is not forced on phrases. */
    static final int SHORTEST = 12;

    static final int LONGEST = 200;

    private static final int AT_A_TIME = 4;
    private static final int WAIT_SECONDS = 5;

    private final Argon2PasswordEncoder argon = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
    private final Semaphore turns = new Semaphore(AT_A_TIME, true);
    /** Of a password that nobody has; who is unknown costs as much as who is known. */
    private final String nobodys = argon.encode("nobody's password");

    public String hash(String password) {
        return inTurn(() -> argon.encode(password));
    }

    /** @param hash empty for an account that is not there or has no password: it takes as long, and the answer is no */
    boolean matches(String password, Optional<String> hash) {
        boolean right = inTurn(() -> argon.matches(cut(password), hash.orElse(nobodys)));
        return right && hash.isPresent();
    }

    /** None of ours is longer, and nobody makes us hash a book. */
    private static String cut(String password) {
        return password.length() > LONGEST ? password.substring(0, LONGEST) + "…" : password;
    }

    private <T> T inTurn(java.util.function.Supplier<T> work) {
        try {
            if (!turns.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    private static ProblemException busy() {
        return new ProblemException(Problem.of(
                ProblemType.UNAVAILABLE, "Too many people sign in at this moment. Try again in a few seconds."));
    }
}
