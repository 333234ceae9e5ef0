package dev.berth.api.people;

import dev.berth.api.http.Allowances;
import dev.berth.api.http.RequestOrigin;
import dev.berth.store.OneTimeLinks.Purpose;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * How many letters a mailbox gets that anybody may ask for. Whether one is written is told to nobody, so the answer is the same. One
 * address alone uses up a part only. Many together get the mailbox a letter every {@link #A_MAILBOX_PER_HOUR sixth minute}, and
 * since a link lives longer than that, its holder has one that works even then.
 */
@Component
class LetterLimits {
    static final int A_MAILBOX_PER_HOUR = 10;
    /** Asked for from one address. */
    static final int FROM_ADDRESS_PER_HOUR = 5;

    private static final int REMEMBERED = 50_000;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Allowances mailboxes;
    private final Allowances askers;
    private final RequestOrigin origin;

    LetterLimits(RequestOrigin origin, Clock clock) {
        this.origin = origin;
        this.mailboxes = new Allowances(A_MAILBOX_PER_HOUR, HOUR, REMEMBERED, clock);
        this.askers = new Allowances(FROM_ADDRESS_PER_HOUR, HOUR, REMEMBERED, clock);
    }

    /** Counts one more letter, where one more may go. */
    boolean admit(Purpose purpose, String email) {
        String mailbox = purpose + " " + email;
        return askers.take(origin.customer() + " " + mailbox).isEmpty()
                && mailboxes.take(mailbox).isEmpty();
    }
}
