package dev.berth.api.people;

import dev.berth.api.audit.AuditTrail;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.domain.Role;
import dev.berth.settings.Settings;
import dev.berth.settings.Settings.SignUp;
import dev.berth.store.Audit;
import dev.berth.store.Ids;
import dev.berth.store.LocalSeed;
import dev.berth.store.Memberships;
import dev.berth.store.OneTimeLinks;
import dev.berth.store.OneTimeLinks.Purpose;
import dev.berth.store.Organizations;
import dev.berth.store.People;
import dev.berth.store.Person;
import dev.berth.store.RandomSecret;
import dev.berth.store.Sessions;
import dev.berth.store.Tenancy;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * How people come by an account and by a new password: through a link that proves the mailbox. Whether an address is known here
 * is found out behind the answer, which is always the same.
 */
@Component
class SignUpDesk {
    /** As long as OWASP ASVS 5.0, 6.5.5, lets what is sent beside the browser live. */
    static final Duration LINK = Duration.ofMinutes(10);

    private final Settings settings;
    private final Tenancy tenancy;
    private final People people;
    private final OneTimeLinks links;
    private final Organizations organizations;
    private final Memberships memberships;
    private final Founding founding;
    private final Sessions sessions;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final LetterLimits limits;
    private final Post post;
    private final AuditTrail trail;
    private final Clock clock;

    SignUpDesk(
            Settings settings,
            Tenancy tenancy,
            People people,
            OneTimeLinks links,
            Organizations organizations,
            Memberships memberships,
            Founding founding,
            Sessions sessions,
            Passwords passwords,
            PasswordRules rules,
            LetterLimits limits,
            Post post,
            AuditTrail trail,
            Clock clock) {
        this.settings = settings;
        this.tenancy = tenancy;
        this.people = people;
        this.links = links;
        this.organizations = organizations;
        this.memberships = memberships;
        this.founding = founding;
        this.sessions = sessions;
        this.passwords = passwords;
        this.rules = rules;
        this.limits = limits;
        this.post = post;
        this.trail = trail;
        this.clock = clock;
    }

    /** @throws ProblemException 403 where sign-up is not open to everybody */
    void requireOpen() {
        if (settings.signUp() != SignUp.OPEN) {
            throw new ProblemException(
                    Problem.of(ProblemType.FORBIDDEN, "Accounts are made by invitation here; ask for one."));
        }
    }

    void askForAccount(String email) {
        requireOpen();
        post.requireSetUp();
        if (!limits.admit(Purpose.SIGN_UP, email)) {
            return;
        }
        post.later(() -> Optional.of(
                tenancy.asPlatform("sign-up", () -> people.findByEmail(email)).isPresent()
                        ? Letters.accountExists(email, settings.clientUrl())
                        : Letters.signUp(email, link("/sign-up", Purpose.SIGN_UP, Optional.empty(), email))));
    }

    void askForPassword(String email) {
        post.requireSetUp();
        if (!limits.admit(Purpose.PASSWORD_RESET, email)) {
            return;
        }
        post.later(() -> tenancy.asPlatform("password reset", () -> people.findByEmail(email))
                .filter(person -> person.disabledAt().isEmpty())
                .map(person -> Letters.passwordReset(
                        email, link("/password-reset", Purpose.PASSWORD_RESET, Optional.of(person.id()), email))));
    }

    private String link(String page, Purpose purpose, Optional<UUID> userId, String email) {
        RandomSecret secret = RandomSecret.generate();
        tenancy.asPlatform(
                "link",
                () -> links.insert(
                        purpose,
                        userId,
                        Optional.of(email),
                        secret,
                        clock.instant().plus(LINK)));
        return Letters.link(settings.clientUrl(), page, secret);
    }

    /** Makes the account with an organisation of its own. */
    Person completeSignUp(String link, NewPerson wish, String organizationName) {
        requireOpen();
        String hash = passwords.hash(wish.password());
        return tenancy.asPlatform("sign-up", () -> {
            String email = use(Purpose.SIGN_UP, link).email().orElseThrow();
            Person person = insert(email, wish, hash, false);
            founding.found(organizationName, person);
            noteNew(person);
            return person;
        });
    }

    void completeReset(String link, String password) {
        String hash = passwords.hash(password);
        tenancy.asPlatform("password reset", () -> {
            UUID id = use(Purpose.PASSWORD_RESET, link).userId().orElseThrow();
            Person person = people.find(id)
                    .filter(found -> found.disabledAt().isEmpty())
                    .orElseThrow(SignUpDesk::uselessLink);
            rules.require("password", password, person.email(), person.displayName());
            people.setPasswordHash(id, hash);
            people.verifyEmail(id, clock.instant());
            sessions.revokeAll(id, Optional.empty());
            note(person, "password.reset");
        });
    }

    /** The first platform admin, by the link that the terminal shows. */
    Person welcome(String link, String email, NewPerson wish) {
        String hash = passwords.hash(wish.password());
        return tenancy.asPlatform("first admin", () -> {
            use(Purpose.FIRST_ADMIN, link);
            if (people.hasAdminWithPassword()) {
                throw uselessLink();
            }
            Person person = insert(email, wish, hash, true);
            LocalSeed.organization(organizations)
                    .ifPresent(local -> memberships.insert(local, person.id(), Role.OWNER));
            noteNew(person);
            return person;
        });
    }

    /**
     * In the transaction that is open, which ends with {@link #noteNew}; the password is checked here, where the address is known.
     */
    Person insert(String email, NewPerson wish, String hash, boolean platformAdmin) {
        rules.require("password", wish.password(), email, wish.displayName());
        if (people.findByEmail(email).isPresent()) {
            throw addressHasAccount();
        }
        UUID id = Ids.next();
        try {
            people.insert(
                    id,
                    email,
                    wish.displayName(),
                    platformAdmin,
                    Optional.of(hash),
                    platformAdmin ? Optional.empty() : Optional.of(clock.instant()));
        } catch (DuplicateKeyException atTheSameMoment) {
            throw addressHasAccount();
        }
        return people.find(id).orElseThrow();
    }

    private static ProblemException addressHasAccount() {
        return new ProblemException(
                Problem.of(ProblemType.CONFLICT, "The address has an account already; sign in with it."));
    }

    void noteNew(Person person) {
        note(person, "user.create");
    }

    private OneTimeLinks.Holder use(Purpose purpose, String link) {
        return RandomSecret.parse(link)
                .flatMap(secret -> links.use(purpose, secret, clock.instant()))
                .orElseThrow(SignUpDesk::uselessLink);
    }

    static ProblemException uselessLink() {
        return new ProblemException(
                Problem.of(ProblemType.NOT_FOUND, "The link is unknown, over or was used already. Ask for a new one."));
    }

    private void note(Person person, String action) {
        trail.done(
                Audit.PLATFORM,
                trail.person(person.id(), person.email()),
                action,
                AuditTrail.subject(person.id(), person.email()),
                Map.of());
    }

    /** What somebody says of themselves; the password is not yet held against the address. */
    record NewPerson(String displayName, String password) {
        @Override
        public String toString() {
            return "NewPerson[…]";
        }
    }
}
