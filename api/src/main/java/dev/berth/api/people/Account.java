package dev.berth.api.people;

import dev.berth.api.audit.AuditTrail;
import dev.berth.api.people.Attempts.Door;
import dev.berth.domain.InvalidInputException;
import dev.berth.domain.Violation;
import dev.berth.store.Audit;
import dev.berth.store.Caller;
import dev.berth.store.People;
import dev.berth.store.Person;
import dev.berth.store.Sessions;
import dev.berth.store.Tenancy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The caller's own account. */
@Component
class Account {
    private final Tenancy tenancy;
    private final People people;
    private final Sessions sessions;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final RecentSignIn recent;
    private final Attempts attempts;
    private final AuditTrail trail;

    Account(
            Tenancy tenancy,
            People people,
            Sessions sessions,
            Passwords passwords,
            PasswordRules rules,
            RecentSignIn recent,
            Attempts attempts,
            AuditTrail trail) {
        this.tenancy = tenancy;
        this.people = people;
        this.sessions = sessions;
        this.passwords = passwords;
        this.rules = rules;
        this.recent = recent;
        this.attempts = attempts;
        this.trail = trail;
    }

    Person person(Caller caller) {
        return tenancy.asPlatform("account", () -> people.find(caller.userId()).orElseThrow());
    }

    Person rename(Caller caller, String displayName) {
        return tenancy.asPlatform("account", () -> {
            people.rename(caller.userId(), displayName);
            return people.find(caller.userId()).orElseThrow();
        });
    }

    /**
     * The password, of whoever has one; a sign-in of the last minutes, of whoever has none.
     *
     * @throws InvalidInputException where there is a password and {@code current} is not it
     */
    void requirePassword(Caller caller, String field, @Nullable String current) {
        Optional<String> present = tenancy.asPlatform("account", () -> people.passwordHash(caller.userId()));
        if (present.isEmpty()) {
            recent.require(caller);
            return;
        }
        attempts.countProven(Door.PRESENT_PASSWORD, caller.userId());
        if (current == null || !passwords.matches(current, present)) {
            throw new InvalidInputException(List.of(Violation.of(field, "is not your password")));
        }
    }

    void changePassword(Caller caller, @Nullable String current, String wanted) {
        String next = rules.require(
                "newPassword",
                wanted,
                caller.email(),
                person(caller).displayName(),
                caller.membership().map(Caller.Membership::name).orElse(""));
        requirePassword(caller, "currentPassword", current);
        String hash = passwords.hash(next);
        tenancy.asPlatform("account", () -> {
            people.setPasswordHash(caller.userId(), hash);
            sessions.revokeAll(caller.userId(), caller.sessionId());
            note(caller, "password.change");
        });
    }

    /** In the transaction that is open. */
    void note(Caller caller, String action) {
        trail.done(
                Audit.PLATFORM,
                trail.actor(caller),
                action,
                AuditTrail.subject(caller.userId(), caller.email()),
                Map.of());
    }
}
