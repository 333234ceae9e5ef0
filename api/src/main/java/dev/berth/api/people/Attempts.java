package dev.berth.api.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.berth.api.http.Allowances;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.RequestOrigin;
import dev.berth.api.http.TooOften;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * How often somebody may try to prove who they are. Whether there is such an account makes no difference.
 *
 * <p>A stranger spends what belongs to the account and the stranger's own address together, and so keeps nobody else out. Only
 * what many addresses guess at once is counted for the account as a whole, and whoever signed in from an address before is not
 * held up there by that.
 */
@Component
class Attempts {
    /** For one account, from one address. */
    static final int OF_ACCOUNT_PER_MINUTE = 5;

    static final int OF_ADDRESS_PER_MINUTE = 30;

    /**
     * Sign-ins to one account that fail, from wherever they come: twice what one address may try, so that none alone uses it
     * up. A hundred thousand passwords take a week.
     */
    static final int OF_ACCOUNT_PER_HOUR = 2 * 60 * OF_ACCOUNT_PER_MINUTE;

    /** How long an address counts as one from which somebody signs in. */
    static final Duration KNOWN_PLACE = Duration.ofDays(30);

    private static final int REMEMBERED = 50_000;

    private final Allowances addresses;
    private final Allowances accounts;
    private final Allowances guesses;
    private final Cache<String, Boolean> places;
    private final RequestOrigin origin;

    Attempts(RequestOrigin origin, Clock clock) {
        this.origin = origin;
        this.addresses = new Allowances(OF_ADDRESS_PER_MINUTE, REMEMBERED, clock);
        this.accounts = new Allowances(OF_ACCOUNT_PER_MINUTE, REMEMBERED, clock);
        this.guesses = new Allowances(OF_ACCOUNT_PER_HOUR, Duration.ofHours(1), REMEMBERED, clock);
        this.places = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(KNOWN_PLACE)
                .build();
    }

    /** @throws ProblemException 429 with Retry-After where there were too many from this address */
    void countAddress() {
        addresses.take(origin.customer()).ifPresent(Attempts::refuse);
    }

    /**
     * Before anything is looked at.
     *
     * @param email in its normal form, of bounded length
     * @throws ProblemException 429 with Retry-After where there were too many from this address, or for this account from here
     */
    void count(Door door, String email) {
        countAddress();
        accounts.take(door + " " + place(email)).ifPresent(Attempts::refuse);
    }

    /**
     * Before the password is looked at. Counts as a guess until {@link #succeeded}, so that many at once are no way around it.
     *
     * @throws ProblemException as {@link #count}, and where too many were guessed from all addresses
     */
    void countSignIn(String email) {
        count(Door.SIGN_IN, email);
        if (!isKnownPlace(email)) {
            guesses.take(email).ifPresent(Attempts::refuse);
        }
    }

    /** The sign-in that was counted last was no guess. */
    void succeeded(String email) {
        if (!isKnownPlace(email)) {
            guesses.giveBack(email);
        }
        places.put(place(email), true);
    }

    /**
     * For whoever has proven something already, a password or a session, and must not guess the rest: from all addresses together.
     *
     * @throws ProblemException 429 with Retry-After where there were too many
     */
    void countProven(Door door, UUID userId) {
        accounts.take(door + " " + userId).ifPresent(Attempts::refuse);
    }

    private boolean isKnownPlace(String email) {
        return places.getIfPresent(place(email)) != null;
    }

    /** The address has no spaces, so that no e-mail address looks like another's. */
    private String place(String email) {
        return origin.customer() + " " + email;
    }

    private static void refuse(Duration wait) {
        throw TooOften.refusal("There were too many attempts.", wait);
    }

    /** Where it is tried: none uses up what another has. */
    enum Door {
        SIGN_IN,
        SIGN_UP,
        PASSWORD_RESET,
        /** The password of whoever is signed in. */
        PRESENT_PASSWORD,
        /** Of the second factor. */
        CODE
    }
}
