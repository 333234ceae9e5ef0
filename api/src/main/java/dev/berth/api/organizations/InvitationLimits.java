package dev.berth.api.organizations;

import dev.berth.api.http.Allowances;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.TooOften;
import dev.berth.store.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * How many letters somebody may have Berth send to people who asked for none. Anybody can found an organisation where sign-up is
 * open, so it is not enough to count for an organisation.
 */
@Component
class InvitationLimits {
    /** Of an organisation. */
    static final int OF_ORGANIZATION_PER_HOUR = 20;

    /** Of a person, in all their organisations. */
    static final int OF_PERSON_PER_HOUR = 20;

    /** To a mailbox, from an organisation: less than to a mailbox in all, so that none keeps another from inviting somebody. */
    static final int OF_ORGANIZATION_TO_MAILBOX_PER_HOUR = 3;

    static final int TO_MAILBOX_PER_HOUR = 10;

    private static final int REMEMBERED = 50_000;

    private final Allowances organizations;
    private final Allowances people;
    private final Allowances pairs;
    private final Allowances mailboxes;

    InvitationLimits(Clock clock) {
        this.organizations = hourly(OF_ORGANIZATION_PER_HOUR, clock);
        this.people = hourly(OF_PERSON_PER_HOUR, clock);
        this.pairs = hourly(OF_ORGANIZATION_TO_MAILBOX_PER_HOUR, clock);
        this.mailboxes = hourly(TO_MAILBOX_PER_HOUR, clock);
    }

    private static Allowances hourly(int times, Clock clock) {
        return new Allowances(times, Duration.ofHours(1), REMEMBERED, clock);
    }

    /**
     * Counts an invitation.
     *
     * @param email in its normal form
     * @throws ProblemException 429 with Retry-After where there were too many
     */
    void count(Caller caller, String email) {
        UUID organization = caller.organizationId();
        pairs.take(organization + " " + email).ifPresent(InvitationLimits::refuse);
        people.take(caller.userId().toString()).ifPresent(InvitationLimits::refuse);
        organizations.take(organization.toString()).ifPresent(InvitationLimits::refuse);
        mailboxes.take(email).ifPresent(InvitationLimits::refuse);
    }

    private static void refuse(Duration wait) {
        throw TooOften.refusal("There were too many invitations.", wait);
    }
}
