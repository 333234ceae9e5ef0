package dev.berth.api.people;

import dev.berth.api.audit.AuditTrail;
import dev.berth.api.people.OidcProvider.Identity;
import dev.berth.api.people.OidcProvider.OidcException;
import dev.berth.settings.Settings;
import dev.berth.settings.Settings.SignUp;
import dev.berth.store.Audit;
import dev.berth.store.AuditEntry.Subject;
import dev.berth.store.Caller;
import dev.berth.store.Identities;
import dev.berth.store.Ids;
import dev.berth.store.Invitation;
import dev.berth.store.Invitations;
import dev.berth.store.Memberships;
import dev.berth.store.People;
import dev.berth.store.Person;
import dev.berth.store.Sessions;
import dev.berth.store.Tenancy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Finds the person for an identity of the outside issuer: by issuer and subject, never by e-mail address. A new person comes in
 * only as the sign-up policy allows, and only with an address that the issuer verified and that nobody here has.
 */
@Component
class OidcSignIn {
    private static final int LONGEST_NAME = 100;
    private static final int MOST_INVITATIONS = 100;

    private final Tenancy tenancy;
    private final Identities identities;
    private final People people;
    private final Invitations invitations;
    private final Memberships memberships;
    private final Sessions sessions;
    private final Settings settings;
    private final AuditTrail trail;
    private final Clock clock;

    OidcSignIn(
            Tenancy tenancy,
            Identities identities,
            People people,
            Invitations invitations,
            Memberships memberships,
            Sessions sessions,
            Settings settings,
            AuditTrail trail,
            Clock clock) {
        this.tenancy = tenancy;
        this.identities = identities;
        this.people = people;
        this.invitations = invitations;
        this.memberships = memberships;
        this.sessions = sessions;
        this.settings = settings;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * @param linkTo the person who began this signed in, and gets the identity
     * @throws OidcException where the identity opens nothing here
     */
    Person enter(Identity identity, Optional<UUID> linkTo) throws OidcException {
        Optional<Person> entered = tenancy.asPlatform("sign-in", () -> {
            Optional<UUID> known = identities.find(identity.issuer(), identity.subject());
            if (known.isPresent()) {
                return known.filter(id -> linkTo.map(id::equals).orElse(true)).flatMap(people::find);
            }
            return linkTo.isPresent()
                    ? linkTo.flatMap(people::find).map(person -> link(identity, person))
                    : join(identity);
        });
        return entered.filter(person -> person.disabledAt().isEmpty())
                .orElseThrow(() -> new OidcException("the identity opens nothing here"));
    }

    /**
     * Whether the session in which somebody asked for an identity still lives, and is the browser's as far as that is known: its
     * cookie is strict and does not come along where another site leads back.
     */
    boolean isStill(OidcState.Link link, Optional<Caller> caller) {
        return caller.filter(present -> !present.sessionId().equals(Optional.of(link.sessionId())))
                        .isEmpty()
                && tenancy.asPlatform(
                        "sign-in", () -> sessions.lives(link.userId(), link.sessionId(), clock.instant()));
    }

    /** Somebody who is here and not disabled. */
    Optional<Person> known(UUID userId) {
        return tenancy.asPlatform("sign-in", () -> people.find(userId))
                .filter(person -> person.disabledAt().isEmpty());
    }

    private Person link(Identity identity, Person person) {
        identities.insert(identity.issuer(), identity.subject(), person.id());
        noteLink(identity, person);
        return person;
    }

    private void noteLink(Identity identity, Person person) {
        trail.done(
                Audit.PLATFORM,
                trail.person(person.id(), person.email()),
                "identity.link",
                AuditTrail.subject(person.id(), person.email()),
                Map.of("issuer", identity.issuer()));
    }

    private Optional<Person> join(Identity identity) {
        Optional<String> email = identity.email()
                .map(Email::normal)
                .filter(address -> Email.violation("email", address).isEmpty())
                .filter(address -> people.findByEmail(address).isEmpty());
        List<Invitation> waiting =
                settings.signUp() == SignUp.INVITE ? email.map(this::waiting).orElse(List.of()) : List.of();
        boolean allowed = switch (settings.signUp()) {
            case OPEN -> true;
            case INVITE -> !waiting.isEmpty();
            case CLOSED -> false;
        };
        return email.filter(address -> allowed).map(address -> {
            UUID id = Ids.next();
            people.insert(id, address, name(identity, address), false, Optional.empty(), Optional.of(clock.instant()));
            identities.insert(identity.issuer(), identity.subject(), id);
            Person person = people.find(id).orElseThrow();
            waiting.forEach(invitation -> accept(invitation, person));
            waiting.forEach(invitation -> noteAccepted(invitation, person));
            noteLink(identity, person);
            return person;
        });
    }

    /** Each held behind its organisation: who invited may lose the right to at this moment, and the invitation with it. */
    private List<Invitation> waiting(String email) {
        Instant now = clock.instant();
        return invitations.waitingFor(email, now, MOST_INVITATIONS).stream()
                .map(seen -> {
                    memberships.lock(seen.organizationId());
                    return invitations.lock(seen.id(), now);
                })
                .flatMap(Optional::stream)
                .toList();
    }

    private void accept(Invitation invitation, Person person) {
        invitations.accept(invitation.id(), clock.instant());
        memberships.insert(invitation.organizationId(), person.id(), invitation.role());
    }

    private void noteAccepted(Invitation invitation, Person person) {
        trail.done(
                invitation.organizationId(),
                trail.person(person.id(), person.email()),
                "invitation.accept",
                new Subject("invitation", Optional.of(invitation.id()), invitation.email()),
                Map.of("role", invitation.role().word()));
    }

    private static String name(Identity identity, String email) {
        String name = identity.name().orElse(email).replaceAll("\\p{Cntrl}", "").strip();
        String usable = name.isEmpty() ? email : name;
        return usable.length() > LONGEST_NAME ? usable.substring(0, LONGEST_NAME) : usable;
    }
}
