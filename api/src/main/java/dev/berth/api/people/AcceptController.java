package dev.berth.api.people;

import dev.berth.api.access.Needs;
import dev.berth.api.access.Permission;
import dev.berth.api.access.SignIn;
import dev.berth.api.audit.AuditTrail;
import dev.berth.api.http.Problem;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.ProblemType;
import dev.berth.api.people.SignUpDesk.NewPerson;
import dev.berth.settings.Settings;
import dev.berth.settings.Settings.SignUp;
import dev.berth.store.AuditEntry.Subject;
import dev.berth.store.Caller;
import dev.berth.store.Invitation;
import dev.berth.store.Invitations;
import dev.berth.store.Memberships;
import dev.berth.store.People;
import dev.berth.store.Person;
import dev.berth.store.RandomSecret;
import dev.berth.store.Tenancy;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Takes an invitation up: as a new person, or as the one who is signed in and has the address that was invited. */
@RestController
@Tag(name = "Access")
@SecurityRequirements
class AcceptController {
    private final Tenancy tenancy;
    private final Invitations invitations;
    private final Memberships memberships;
    private final People people;
    private final SignUpDesk desk;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final Attempts attempts;
    private final OpenSession open;
    private final Settings settings;
    private final AuditTrail trail;
    private final Clock clock;

    AcceptController(
            Tenancy tenancy,
            Invitations invitations,
            Memberships memberships,
            People people,
            SignUpDesk desk,
            Passwords passwords,
            PasswordRules rules,
            Attempts attempts,
            OpenSession open,
            Settings settings,
            AuditTrail trail,
            Clock clock) {
        this.tenancy = tenancy;
        this.invitations = invitations;
        this.memberships = memberships;
        this.people = people;
        this.desk = desk;
        this.passwords = passwords;
        this.rules = rules;
        this.attempts = attempts;
        this.open = open;
        this.settings = settings;
        this.trail = trail;
        this.clock = clock;
    }

    @PostMapping("/api/invitations/accept")
    @Needs(Permission.NOTHING)
    @Operation(
            operationId = "acceptInvitation",
            summary = "Come into an organisation with the mailed link",
            description =
                    "Who is signed in sends the link alone and must have the address that was invited. Who has no account "
                            + "sends a name and a password too, and is signed in by the answer.")
    ResponseEntity<Void> accept(@RequestBody AcceptInvitationRequest body, HttpServletRequest request) {
        attempts.countAddress();
        String link = Text.required("link", body.link());
        Optional<Caller> caller = SignIn.current();
        if (caller.isPresent()) {
            acceptAs(caller.get(), link);
            return ResponseEntity.noContent().build();
        }
        String name = Text.name("displayName", body.displayName());
        Person person = acceptAsNew(link, new NewPerson(name, rules.require("password", body.password(), name)));
        return ResponseEntity.noContent()
                .header(
                        HttpHeaders.SET_COOKIE,
                        open.of(person.id(), person.email(), Optional.empty(), "invitation", request)
                                .toString())
                .build();
    }

    private void acceptAs(Caller caller, String link) {
        if (!caller.inPerson()) {
            throw refused("Only a person who is signed in may do this, no token and no session that a token opened.");
        }
        tenancy.asPlatform("invitation", () -> {
            Invitation invitation = lock(link);
            if (!invitation.email().equals(caller.email())) {
                throw refused("The invitation is for another address than yours.");
            }
            people.verifyEmail(caller.userId(), clock.instant());
            enter(invitation, people.find(caller.userId()).orElseThrow());
        });
    }

    private Person acceptAsNew(String link, NewPerson wish) {
        if (settings.signUp() == SignUp.CLOSED) {
            throw refused("No new accounts are made here; sign in with yours and open the link again.");
        }
        String hash = passwords.hash(wish.password());
        return tenancy.asPlatform("invitation", () -> {
            Invitation invitation = lock(link);
            Person person = desk.insert(invitation.email(), wish, hash, false);
            enter(invitation, person);
            desk.noteNew(person);
            return person;
        });
    }

    /** The organisation first: who invited may lose the right to at this moment, and the invitation with it. */
    private Invitation lock(String link) {
        RandomSecret secret = RandomSecret.parse(link).orElseThrow(SignUpDesk::uselessLink);
        invitations.organizationOf(secret).ifPresent(memberships::lock);
        return invitations.lock(secret, clock.instant()).orElseThrow(SignUpDesk::uselessLink);
    }

    /** Who is a member already keeps the role that they have. */
    private void enter(Invitation invitation, Person person) {
        invitations.accept(invitation.id(), clock.instant());
        if (memberships.find(invitation.organizationId(), person.id()).isEmpty()) {
            memberships.insert(invitation.organizationId(), person.id(), invitation.role());
        }
        trail.done(
                invitation.organizationId(),
                trail.person(person.id(), person.email()),
                "invitation.accept",
                new Subject("invitation", Optional.of(invitation.id()), invitation.email()),
                Map.of("role", invitation.role().word()));
    }

    private static ProblemException refused(String sentence) {
        return new ProblemException(Problem.of(ProblemType.FORBIDDEN, sentence));
    }

    record AcceptInvitationRequest(
            @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable
            String link,

            @Schema(minLength = 1, maxLength = 100, description = "Of a new person") @Nullable
            String displayName,

            @Schema(minLength = Passwords.SHORTEST, maxLength = Passwords.LONGEST, description = "Of a new person")
            @Nullable
            String password) {
        @Override
        public String toString() {
            return "AcceptInvitationRequest[…]";
        }
    }
}
